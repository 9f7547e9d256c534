import { integer, type Message } from './message.ts'

export const STATISTICS_MESSAGES = {
  'statistics-too-few-areas': () =>
    'För få områden har tal för att måttet ska gå att räkna. Ta med fler områden, eller en finare nivå.',
  'statistics-no-variation': () =>
    'Talen är lika i alla områden, så det finns inget mönster eller samband att mäta: måttet är odefinierat, inte 0.',
  'statistics-no-neighbours': () =>
    'Inget område har någon granne med tal. Välj ett annat sätt att räkna grannar, t.ex. knn:4, eller kontrollera att gränserna möts.',
  'statistics-no-effective-areas': () =>
    'Områdena liknar sina grannar för mycket, eller är för få, för att det ska gå att säga hur många oberoende de motsvarar. Sambandet går inte att pröva.',
  'statistics-no-population': () =>
    'Inget område har både ett antal och en befolkning större än 0, så inga andelar går att räkna.',
  'statistics-no-events': () =>
    'Det finns inga händelser i något område, så det finns inget mönster att mäta.',

  'statistics-too-few-points': () =>
    'Trenden kan inte bedömas: det behövs minst fem perioder med tal, och fler ju färre händelserna är.',
  'statistics-series-break': () =>
    'Trenden kan inte bedömas: serien har ett brott, så talen före och efter går inte att jämföra.',
  'statistics-no-base': () =>
    'Befolkningen är 0, så andelen är odefinierad: uppgiften saknas, och är inte 0.',

  'statistics-geometry': () =>
    'Området har ingen yta i filen (polygon saknas). Det räknas som ett område utan grannar och utan mittpunkt.',
  'statistics-geometry-damaged': () =>
    'Områdets gräns har koordinater som inte är tal. Exportera filen på nytt.',
  'statistics-column': ({ columns }, text) =>
    `Kolumnen "${text}" finns inte i filen. ${columns ? `Kolumner: ${columns}.` : 'Områdena har inga kolumner.'}`,
  'statistics-number': (_, text) =>
    `"${text}" är inget tal. Skriv ett tal, eller lämna tomt där uppgiften saknas.`,
  'statistics-negative': (_, text) =>
    `${text} är negativt. Antal händelser och befolkning kan inte vara mindre än 0.`,
  'statistics-missing': ({ count }) =>
    `${integer(count)} ${Number(count) === 1 ? 'område saknar' : 'områden saknar'} tal och är inte med, inte heller som granne.`,
  'statistics-isolates': ({ count }) =>
    `${integer(count)} ${Number(count) === 1 ? 'område har' : 'områden har'} ingen granne med tal och får inget värde.`,
  'statistics-neighbour-count': ({ areas }, text) =>
    `Med ${integer(areas)} områden kan inget ha ${text} grannar. Välj ett lägre antal.`,
} as const satisfies Record<string, Message>
