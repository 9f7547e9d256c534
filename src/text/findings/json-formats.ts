import { integer, type Message } from './message.ts'

export const JSON_FORMAT_MESSAGES = {
  'format-json-stat-collection': () =>
    'Filen är en JSON-stat-samling: en lista över tabeller, utan siffror. Hämta den tabell som ska läsas in.',
  'format-json-stat-no-dataset': () =>
    'Filen är JSON-stat men har ingen tabell med värden. Hämta tabellens data, inte bara dess beskrivning.',
  'format-json-stat-structure': ({ field }) =>
    `JSON-stat-tabellens "${field}" saknas eller stämmer inte med dess dimensioner, så det går inte att veta vad siffrorna gäller. Hämta filen på nytt.`,
  'format-json-stat-categories': ({ expected }, text) =>
    `Dimensionen "${text}" ska ha ${integer(expected)} kategorier, var och en på sin plats, men har det inte. Siffrorna kan inte placeras; hämta filen på nytt.`,
  'format-json-stat-values': ({ found, expected }) =>
    `Tabellen har ${integer(found)} värden men dess dimensioner ger ${integer(expected)}. Filen är avkortad eller ändrad; hämta den på nytt.`,
  'format-json-stat-empty': () =>
    'Tabellen är tom: någon dimension har inga kategorier. Gör urvalet på nytt och hämta filen igen.',
  'format-json-stat-too-large': ({ count, maximum }) =>
    `Tabellen har ${integer(count)} celler; högst ${integer(maximum)} kan läsas. Välj färre områden, perioder eller andra kategorier och hämta den på nytt.`,
  'format-json-stat-marked': ({ count }, text) =>
    `${integer(count)} ${Number(count) === 1 ? 'värde har en anmärkning' : 'värden har anmärkningar'} från källan (${text}), t.ex. att siffran är preliminär. Siffrorna läses in, anmärkningarna inte.`,

  'format-kolada-empty': () =>
    'Filen är ett svar från Kolada utan siffror. Kontrollera nyckeltal, kommun och år i frågan och hämta den på nytt.',
  'format-kolada-definitions': ({ count }) =>
    `Filen är en lista från Kolada med ${integer(count)} ${Number(count) === 1 ? 'definition' : 'definitioner'} (nyckeltal, kommuner eller enheter), utan siffror. Hämta data för det nyckeltal som ska läsas in.`,
  'format-kolada-one-page': ({ count }) =>
    `Filen är en sida av flera: den har ${integer(count)} siffror, och resten av svaret saknas. Hämta de andra sidorna också, eller ställ en smalare fråga.`,
  'format-kolada-withdrawn': ({ count }) =>
    `${integer(count)} ${Number(count) === 1 ? 'siffra som Kolada har tagit bort läses' : 'siffror som Kolada har tagit bort läses'} inte.`,
  'format-kolada-unreadable': ({ count }) =>
    `${integer(count)} ${Number(count) === 1 ? 'post' : 'poster'} i filen har inte Koladas form och läses inte. Hämta filen på nytt.`,

  'format-polisen-empty': () =>
    'Filen har inga händelser. Hämta den på nytt från Polisens händelser.',
  'format-polisen-not-events': ({ count }) =>
    `${integer(count)} ${Number(count) === 1 ? 'post är ingen händelse (tid eller typ saknas) och läses' : 'poster är inga händelser (tid eller typ saknas) och läses'} inte.`,
  'format-polisen-repeated': ({ count }) =>
    `${integer(count)} ${Number(count) === 1 ? 'händelse står två gånger och räknas en gång' : 'händelser står mer än en gång och räknas en gång var'}.`,
  'format-polisen-changed': ({ count }) =>
    `${integer(count)} ${Number(count) === 1 ? 'händelse finns' : 'händelser finns'} i flera versioner; den senaste är läst.`,
  'format-polisen-midpoint': () =>
    'Koordinaterna (gps) är mittpunkten i länet eller kommunen, inte platsen för händelsen. De läses inte in och kan inte visas på kartan.',
  'format-polisen-dropped': ({ fields, count }) =>
    `${fields ? `Fälten ${fields} är` : `${integer(count)} fält är`} fri text eller länkar dit och kan peka ut personer. De läses inte in.`,
} as const satisfies Record<string, Message>
