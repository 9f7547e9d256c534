import { integer, type Message } from './message.ts'

export const CASE_FLOW_MESSAGES = {
  'flow-no-table': () =>
    'Här finns ingen tabell med ett flöde. Filen ska ha en rad per månad, med rubriken Månad och minst två av Inkomna, Lämpliga, Tillfrågade och Påbörjade.',
  'flow-column-missing': ({ expected }) =>
    `Kolumnen ${expected} finns inte, så steget visas som ”saknas”. Lägg till den om den räknas.`,
  'flow-column-ignored': (_, text) => `Kolumnen ”${text}” hör inte till flödet och läses inte in.`,
  'flow-column-twice': (_, text) =>
    `Kolumnen ”${text}” säger samma sak som en annan kolumn. Behåll en av dem.`,
  'flow-personal-number': () =>
    'Kolumnen verkar innehålla personnummer. Filen läses inte in: flödet räknas per månad och får inte säga något om en enskild. Ta bort kolumnen och räkna ihop raderna per månad.',
  'flow-month': (_, text) =>
    text === ''
      ? 'Månaden saknas på en rad som har siffror. Skriv till exempel 2026-03 eller mars 2026.'
      : `”${text}” är inte en månad med år. Skriv till exempel 2026-03 eller mars 2026, eller lägg året i kolumnen År.`,
  'flow-month-twice': (_, text) =>
    `Månaden ${text} står på flera rader. Filen ska ha en rad per månad, inte en per ärende: räkna ihop raderna.`,
  'flow-month-gap': ({ count }, text) =>
    `${integer(count)} ${Number(count) === 1 ? 'månad saknas' : 'månader saknas'} i filen (${text}) och visas som ”saknas”.`,
  'flow-months-many': ({ found, maximum }) =>
    `Filen spänner över ${integer(found)} månader; högst ${integer(maximum)} läses in. Kontrollera årtalen.`,
  'flow-count': (_, text) =>
    `”${text}” är inte ett antal. Skriv ett heltal, lämna tomt om det inte är räknat, eller skriv .. om det är dolt hos källan.`,
  'flow-empty': () => 'Tabellen har inga månader. Lägg till en rad per månad.',
  'flow-total': ({ said, found }, text) =>
    `Filens summa för ${text} är ${integer(said)}, men månaderna blir ${integer(found)}. Månaderna läses in och summan räknas om; rätta det som är fel.`,
  'flow-derived': ({ month }, text) =>
    `${text} i ${month} saknas i filen, men filens egen summa ger den. Den märks ut som framräknad.`,
  'flow-unsafe': ({ count }) =>
    `${integer(count)} dolda antal skulle gå att räkna ut av summorna. Inget läses in. Välj längre perioder.`,
  'flow-unsettled': ({ count }) =>
    `${integer(count)} antal går inte ihop med det som lästes in förra gången. Inget läses in. Kontrollera att det är samma flöde, eller ge det ett annat namn.`,
  'flow-no-period': () =>
    'Filen har ingen hel period av den längd som valts. Välj kortare perioder, eller vänta tills perioden är slut.',
  'flow-waiting': ({ count }) =>
    `${integer(count)} antal har ändrats så lite sedan förra inläsningen att skillnaden skulle säga något om några få. Där står det förra talet kvar.`,
} as const satisfies Record<string, Message>
