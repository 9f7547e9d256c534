import { periodInWords } from '../format.ts'
import { integer, type Message } from './message.ts'

export const PROJECT_MESSAGES = {
  'observations-several-measures': (_, text) =>
    `Tabellen har flera mått (${text}). Välj vilket av dem som ska läsas in.`,
  'observations-several-ages': (_, text) =>
    `Tabellen är uppdelad på ålder (${text}) och har inget tal för alla åldrar. Välj en av åldrarna.`,
  'observations-events-zero': ({ count, first, last }) =>
    `Ett register visar det som hänt: ${integer(count)} områden och månader utan händelser räknas som 0, från ${periodInWords(String(first))} till ${periodInWords(String(last))}.`,
  'observations-need-denominator': ({ indicator }) =>
    `${indicator}: antal finns men inte vad de räknas på. Lägg till en kolumn med nämnaren, eller läs in antalen som ett mått av slaget antal.`,
  'observations-need-respondents': ({ indicator }) =>
    `${indicator}: antalet svarande saknas. Utan det går det inte att avgöra vad som får visas; lägg till en kolumn med antal svarande.`,
  'observations-value-alone': ({ indicator }) =>
    `${indicator}: tabellen har bara andelen eller kvoten, inte antalet och inte vad det räknas på. Utan dem går det inte att avgöra vad som får visas och hur säkert värdet är; hämta samma tabell med antal och nämnare.`,
  'observations-count-rounded-away': ({ indicator }, text) =>
    `${indicator}: antalet bakom ${text} går inte att räkna fram, för flera antal ger samma värde efter avrundning. Lägg till en kolumn med antalet.`,

  'import-beside-other-age': ({ age }, text) =>
    `${text} är inläst ur samma tabell, för ${age || 'alla åldrar'}. De två åldrarna går att dra från varandra, och då röjs det som döljs i den ena. Ta bort ${text} på sidan Data först, eller välj en ålder som inte överlappar.`,
  'import-beside-other-kind': ({ measure }, text) =>
    `${text} är inläst ur samma register, för ${measure || 'alla slag av händelser tillsammans'}. Alla slag tillsammans och ett av dem går att dra från varandra, och då röjs det som döljs i det ena. Ta bort ${text} på sidan Data först.`,
  'released-level-left-out': ({ indicator }, text) =>
    `${indicator}: filen ger inga tal för ${text}, så den nivån visas inte.`,
  'released-earlier-stands': ({ indicator, count, threshold }) =>
    `${indicator}: ${integer(count)} tal är ${Number(count) === 1 ? 'preliminärt' : 'preliminära'}. Där ändringen sedan den förra inläsningen rör färre än ${integer(threshold)} står det förra talet kvar, också i summorna, så att ändringen inte röjer någon.`,
  'released-unsettled-import': ({ indicator, count }) =>
    `${indicator}: ${integer(count)} ${Number(count) === 1 ? 'total' : 'totaler'} i en tidigare inläsning går inte att förena med de nya talen. Ta bort den tidigare inläsningen på sidan Data, om ingen annan har fått del av den, och läs in filen igen.`,
  'released-unsafe-beside-earlier': ({ indicator, count }) =>
    `${indicator}: ${integer(count)} ${Number(count) === 1 ? 'dold cell skulle gå' : 'dolda celler skulle gå'} att räkna ut med hjälp av det som redan har visats i en tidigare inläsning. Välj färre nivåer, kön eller perioder; eller ta bort den tidigare inläsningen på sidan Data, om ingen annan har fått del av den.`,
  'released-too-many-cells': ({ indicator, count, maximum }) =>
    `${indicator}: tabellen blir ${integer(count)} celler; högst ${integer(maximum)} går att läsa in på en gång. Välj färre perioder eller nivåer.`,
  'released-too-many-small': ({ indicator, count, maximum }) =>
    `${indicator}: ${integer(count)} tal är så små att de måste döljas, och högst ${integer(maximum)} går att skydda på en gång. Välj längre perioder, större områden eller båda könen tillsammans.`,

  'project-newer': ({ newest }, text) =>
    `Filen är sparad i format ${text}, och den här versionen läser format ${newest} och äldre. Öppna den i en nyare version av Lägeskartan.`,
  'project-repeated': () =>
    'Projektfilen har två delar med samma namn och är skadad. Spara projektet på nytt.',
  'project-member-missing': () =>
    'Delen saknas i projektfilen, som inte är hel. Inget är öppnat; hämta filen på nytt eller spara projektet igen.',
  'project-member-changed': () =>
    'Delen är ändrad sedan projektet sparades, eller skadad. Inget är öppnat; hämta filen på nytt eller spara projektet igen.',
  'project-surplus': () =>
    'Delen hör inte till projektet så som det sparades. Inget är öppnat; använd filen så som Lägeskartan sparade den.',
  'project-contradiction': () =>
    'Projektets delar stämmer inte med varandra: de egna filerna ger inte det paket som ligger i projektet. Inget är öppnat; spara projektet på nytt.',
  'project-storage-full': () =>
    'Det som lästes in får inte plats i webbläsarens lagring. Det finns kvar tills fliken stängs; spara en projektfil, eller ta bort något som inte behövs.',
  'project-storage-unavailable': () =>
    'Webbläsaren sparar inget här, till exempel i ett privat fönster. Det som lästes in finns kvar tills fliken stängs; spara en projektfil.',
  'project-storage-locked': () =>
    'Det som redan är sparat går inte att läsa, så inget nytt sparas ovanpå. Det som lästes in finns kvar tills fliken stängs; spara en projektfil.',
  'project-stored-newer': () =>
    'Det som är sparat kommer från en nyare version av Lägeskartan. Ladda om sidan; annars visas bara det publicerade paketet.',
  'project-stored-damaged': () =>
    'Det som är sparat är skadat och visas inte. Öppna en sparad projektfil, eller läs in filerna på nytt.',
  'project-file-missing': () =>
    'Det egna materialet i webbläsarens lagring är inte helt. Läs in filen på nytt eller öppna en projektfil.',
  'project-other-tab': () => 'Det egna materialet ändrades i en annan flik och visas nu här också.',
} as const satisfies Record<string, Message>
