import { integer, suggestion, type Message } from './message.ts'

const figure = (value: string | number | undefined): string =>
  Number(value).toLocaleString('sv-SE', { maximumFractionDigits: 6 })

export const READING_MESSAGES = {
  'reading-damaged-letters': ({ count }) =>
    `${integer(count)} tecken är skadade i filen. De står som �; kontrollera å, ä och ö, eller spara filen på nytt som UTF-8.`,
  'reading-open-quote': () =>
    'Ett citattecken saknar sitt par. Citattecken är därför lästa som vanliga tecken; kontrollera rader som innehåller dem.',
  'reading-empty': () => 'Filen är tom.',
  'reading-no-table': (_, text) =>
    `Ingen tabell hittades${text ? ` på bladet "${text}"` : ''}: ingen rad ser ut som rubriker med uppgifter under. Kontrollera att rätt fil är vald.`,
  'reading-no-area': () =>
    'Tabellen har ingen kolumn med områden. Talen läses som hela kommunens och kan inte visas per område.',
  'reading-no-figures': (_, text) =>
    `${text ? `Bladet "${text}": i` : 'I'}ngen kolumn med siffror hittades. Ange vilken kolumn som är antal, nämnare eller värde.`,
  'reading-no-period': () => 'Tabellen säger inte vilken period den gäller. Ange perioden.',
  'reading-notes-passed': ({ count, last }) =>
    Number(count) === 1
      ? 'Sidfoten läses inte in. Texten sparas som källhänvisning.'
      : `Sidfoten läses inte in (till och med rad ${last}). Texten sparas som källhänvisning.`,
  'reading-columns-passed': (_, text) =>
    `Kolumner som inte läses in: ${text}. Ändra kolumnens roll om den behövs.`,
  'reading-figures-passed': (_, text) =>
    `Kolumnen ${text} har tal som inte läses in. Säg vad de är under Kolumner, eller låt den vara.`,
  'reading-headings-alike': (_, text) =>
    `Rubriken säger inte vad kolumnen ${text} gäller: en annan kolumn heter likadant. Den läses inte in; ge kolumnerna olika rubriker, eller säg under Kolumner vad var och en är.`,
  'reading-rows-above': ({ count, header }) =>
    `${Number(count) === 1 ? 'En rad med siffror' : `${count} rader med siffror`} står ovanför rubriken på rad ${header} och läses inte. Sätt rubriken överst.`,
  'reading-row-passed-header-again': () => 'Rubriken står en gång till; raden läses inte som data.',
  'reading-row-passed-lone-text': (_, text) =>
    `Raden har bara texten "${text}" och läses inte som data.`,
  'reading-row-long': ({ found, expected }) =>
    `Raden har ${found} fält, men rubriken har ${expected}. Raden läses inte; kontrollera om ett tal eller en text innehåller skiljetecknet.`,
  'reading-row-short': ({ found, expected }) =>
    `Raden har ${found} fält, men rubriken har ${expected}. Det går inte att se vilken uppgift som saknas, så raden läses inte. Fyll i den tomma cellen eller hoppa över raden.`,

  'reading-area-blank': () => 'Området är tomt. Fyll i området eller hoppa över raden.',
  'reading-area-diacritic': (parameters, text) =>
    `Området "${text}" finns inte, men bara prickar eller ring skiljer det från ett som finns.${suggestion(parameters)} Svaret sparas.`,
  'reading-area-likeness': (parameters, text) =>
    `Området "${text}" är okänt: det finns varken som kod eller namn.${suggestion(parameters)} Svaret sparas.`,
  'reading-area-levels': (parameters, text) =>
    `"${text}" är namnet på områden av olika storlek.${suggestion(parameters)} Svaret sparas.`,
  'reading-area-nothing': (_, text) =>
    `Området "${text}" är okänt: det finns varken som kod eller namn, och inget område liknar det. Välj område eller hoppa över raderna.`,
  'reading-area-on-two-levels': ({ area }, text) =>
    `"${text}" finns på två nivåer med samma mark; läst som ${area}.`,
  'reading-area-elsewhere': (_, text) =>
    `"${text}" ligger utanför kommunens områden. Raderna visas inte på kartan.`,
  'reading-area-contradiction': ({ code, name }, text) =>
    `Koden och namnet säger emot varandra${text ? ` ("${text}")` : ''}: koden är ${code}, namnet är ${name}. Raden läses inte; rätta den ena.`,
  'reading-area-finer': ({ area }, text) =>
    `Raden skulle läsas som ${area}, men "${text}" är ett mindre område inom det. Raden läses inte; skriv ett område i kolumnen med områden.`,
  'reading-event-area-unknown': (parameters, text) =>
    `Området "${text}" är okänt (${integer(parameters.count)} händelser).${suggestion(parameters)} Svaret sparas.`,
  'reading-event-unplaced': ({ count }) =>
    `${integer(count)} händelser har inget område på kartan; de räknas bara i kommunens total.`,
  'reading-event-no-boundaries': ({ count }) =>
    `${integer(count)} händelser har koordinater men inget område, och kartans gränser är bara ungefär ritade (eller saknas). De kan inte placeras och räknas bara i kommunens total. Läs först in områdenas gränser, eller lägg till en kolumn med område.`,
  'reading-events-or-counts': (_, text) =>
    `Är varje rad en händelse, eller så många som står i kolumnen "${text}"? Tabellen har en dag och ett område på varje rad, och kolumnen har hela tal. Säg vilket; till dess räknas inget.`,
  'reading-events-coarsened': ({ events, dropped }) =>
    `${integer(events)} händelser är räknade per område och månad. Dag, klockslag och läge sparas inte` +
    (dropped ? `, och dessa kolumner lästes inte in: ${dropped}.` : '.'),

  'reading-period-impossible': (_, text) =>
    `"${text}" är ingen period som finns (som vecka 53 ett år med 52 veckor). Rätta perioden.`,
  'reading-period-unknown': (_, text) =>
    `"${text}" är ingen period. Skriv t.ex. 2024, mars 2024, kv 1 2024, HT 2024 eller 2023/24.`,
  'reading-period-without-year': (_, text) => `"${text}" saknar år. Ange vilket år det gäller.`,
  'reading-year-of-title': ({ year }) =>
    `Perioderna saknar år; de är lästa som ${year}, som står i tabellens titel.`,
  'reading-date-unknown': (_, text) =>
    text === '' ? 'Datumet är tomt.' : `"${text}" är inget datum. Skriv ÅÅÅÅ-MM-DD.`,
  'reading-date-order': ({ order, shownBy }, text) =>
    `"${text}" och liknande datum är lästa med ${order === 'day-first' ? 'dagen' : 'månaden'} först, eftersom "${shownBy}" i samma kolumn bara kan läsas så.`,
  'reading-date-ambiguous': ({ dayFirst, monthFirst }, text) =>
    `"${text}" kan ha dagen eller månaden först (${dayFirst} eller ${monthFirst}), och kolumnens andra datum avgör det inte. Raden läses inte; skriv datumen som ÅÅÅÅ-MM-DD.`,
  'reading-date-orders-mixed': (_, text) =>
    `Kolumnen har datum med dagen först och andra med månaden först. "${text}" kan bara läsas på ett sätt, men kontrollera kolumnen; datum som går att läsa på två sätt läses inte.`,
  'reading-sex-unknown': (_, text) =>
    `"${text}" är inget kön. Skriv Kvinnor, Män, Flickor, Pojkar eller Totalt.`,

  'reading-figure-unreadable': (_, text) =>
    `"${text}" är inget tal. Raden läses inte; skriv ett tal, ".." för dolt eller lämna tomt.`,
  'reading-figure-ambiguous': (_, text) =>
    `"${text}" kan vara tusental eller decimaler, och inget annat i filen avgör det. Ange vilket decimaltecken filen har.`,
  'reading-figure-against-habit': ({ value }, text) =>
    `"${text}" är läst som ${figure(value)}, fast filen annars skriver tal på ett annat sätt. Kontrollera kolumnen.`,
  'reading-figure-footnote': ({ value }, text) =>
    `"${text}" har ett fotnotstecken och är läst som ${figure(value)}. Kontrollera vad noten säger.`,
  'reading-figure-scientific': ({ value }, text) =>
    `"${text}" är läst som ${figure(value)}; siffror kan ha gått förlorade när filen sparades.`,
  'reading-cell-error': (_, text) =>
    `"${text}" är ett felvärde från kalkylprogrammet. Uppgiften räknas som saknad.`,
  'reading-hidden-at-source': ({ count }, text) =>
    `"${text}" betyder dold vid källan. Visas som dold, aldrig som noll. Gäller ${integer(count)} ${Number(count) === 1 ? 'cell' : 'celler'}.`,
  'reading-missing': ({ count }, text) =>
    `"${text}" betyder att uppgift saknas. Visas som saknas. Gäller ${integer(count)} ${Number(count) === 1 ? 'cell' : 'celler'}.`,
  'reading-blank': ({ count }) =>
    `Tom cell betyder att uppgift saknas, inte noll. Gäller ${integer(count)} ${Number(count) === 1 ? 'cell' : 'celler'}.`,
  'reading-nothing': () =>
    'Ingen rad gick att läsa. Kontrollera att rubrikraden är rätt och att det finns data under den.',
  'reading-period-total': (_, text) =>
    `"${text}" är en summa över perioder. Raden jämförs med de andra men läses inte som en egen period.`,
  'reading-not-whole': (_, text) =>
    `"${text}" är inget helt antal, fast kolumnen annars har antal. Kontrollera talet eller ändra kolumnens roll till värde.`,
  'reading-negative': (_, text) => `Antalet ${text} är negativt. Raden läses inte.`,
  'reading-negative-values': ({ count }, text) =>
    `"${text}" är negativt${Number(count) > 1 ? ` (och ${integer(Number(count) - 1)} tal till)` : ''}, fast talen annars ser ut som antal. De är därför lästa som värden, inte som antal. Rätta talet om de är antal.`,
  'reading-decimals-among-counts': ({ count, all }, text) =>
    `"${text}" har decimaler. Det har ${integer(count)} av ${integer(all)} tal, och alla är därför lästa som värden, inte som antal. Rätta talet om de är antal.`,
  'reading-percent-mixed': ({ percents, others }, text) =>
    `"${text}" har procenttecken. Det har ${integer(percents)} av talen men inte ${integer(others)} andra, och inget av dem läses därför som antal. Kontrollera kolumnen.`,
  'reading-over-denominator': ({ denominator }, text) =>
    `Täljaren ${text} är större än nämnaren ${figure(denominator)}. Raden läses inte.`,
  'reading-share-differs': ({ share }, text) =>
    `Andelen ${text} stämmer inte med täljare och nämnare, som ger ${figure(share)}. Kontrollera raden.`,

  'reading-repeated': ({ earlier }) =>
    `Samma uppgift står redan på rad ${earlier}; den läses en gång.`,
  'reading-contradicted': ({ earlier }) =>
    `Samma område, period och kön har ett annat tal på rad ${earlier}. Ingen av dem läses; ta bort den som är fel.`,
  'reading-days-summed': ({ count }) =>
    `Tabellen har flera dagar i samma månad. ${integer(count)} ${Number(count) === 1 ? 'tal är lagt' : 'tal är lagda'} till en tidigare dag, så att varje månad är en summa.`,
  'reading-days-apart': ({ earlier }) =>
    `En annan dag i samma månad står på rad ${earlier}. Bara antal kan summeras över dagar; inget av talen läses. Lämna ett tal per månad.`,
  'reading-day-unread': () =>
    'Månaden läses inte, för ett av dess dagstal gick inte att läsa. Rätta det talet.',
  'reading-total-differs': ({ total, sum }) =>
    `Totalen är ${figure(total)}, men raderna blir ${figure(sum)}. Det kan bero på avrundning eller skydd vid källan.`,
  'reading-sexes-differ': ({ total, sum }) =>
    `Kvinnor och män blir ${figure(sum)}, men totalen är ${figure(total)}. Det kan bero på avrundning eller skydd vid källan.`,
  'reading-figure-forced': ({ value, total, figures }) =>
    `En uppgift saknas, men totalen ${figure(total)} tvingar den till ${figure(value)}` +
    (figures ? ` (raden blir ${figures})` : '') +
    '. Den fylls inte i; rätta filen om det stämmer.',
  'reading-hidden-forced': () =>
    'Totalen gör att det enda dolda talet i raderna går att räkna ut. Röjandekontrollen döljer mer innan något visas; be källan dölja ett tal till.',
  'reading-more-findings': ({ count }) =>
    `Ytterligare ${integer(count)} fynd av samma slag visas inte.`,
} as const satisfies Record<string, Message>
