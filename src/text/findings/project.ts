import { integer, type Message } from './message.ts'

export const PROJECT_MESSAGES = {
  'observations-several-measures': (_, text) =>
    `Tabellen har flera mått (${text}). Välj vilket av dem som ska läsas in.`,
  'observations-several-ages': (_, text) =>
    `Tabellen är uppdelad på ålder (${text}) och har inget tal för alla åldrar. Välj en av åldrarna.`,
  'observations-need-denominator': ({ indicator }) =>
    `${indicator}: antal finns men inte vad de räknas på. Lägg till en kolumn med nämnaren, eller läs in antalen som ett mått av slaget antal.`,
  'observations-need-respondents': ({ indicator }) =>
    `${indicator}: antalet svarande saknas. Utan det går det inte att avgöra vad som får visas; lägg till en kolumn med antal svarande.`,
  'observations-value-alone': ({ indicator }) =>
    `${indicator}: tabellen har bara andelen eller kvoten, inte antalet och inte vad det räknas på. Utan dem går det inte att avgöra vad som får visas och hur säkert värdet är; hämta samma tabell med antal och nämnare.`,
  'observations-count-rounded-away': ({ indicator }, text) =>
    `${indicator}: antalet bakom ${text} går inte att räkna fram, för flera antal ger samma värde efter avrundning. Lägg till en kolumn med antalet.`,

  'released-level-left-out': ({ indicator }, text) =>
    `${indicator}: filen ger inga tal för ${text}, så den nivån visas inte.`,
  'released-too-many-cells': ({ indicator, count, maximum }) =>
    `${indicator}: tabellen blir ${integer(count)} celler; högst ${integer(maximum)} går att läsa in på en gång. Välj färre perioder eller nivåer.`,
  'released-too-many-small': ({ indicator, count, maximum }) =>
    `${indicator}: ${integer(count)} tal är så små att de måste döljas, och högst ${integer(maximum)} går att skydda på en gång. Välj längre perioder, större områden eller båda könen tillsammans.`,
} as const satisfies Record<string, Message>
