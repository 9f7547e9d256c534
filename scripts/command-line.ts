import { fileURLToPath } from 'node:url'
import { inspectCommand } from './import/inspect.ts'
import { briefingCommand } from './profile/briefing.ts'
import { profileCommand } from './profile/profile.ts'
import { auditCommand } from './publish/audit.ts'
import { checkCommand } from './publish/check.ts'
import { planCommand } from './publish/plan-command.ts'
import { publishCommand } from './publish/publish.ts'
import { UsageError } from './publish/usage.ts'
import { statsCommand } from './statistics/stats.ts'

const HELP = `npm run lage -- KOMMANDO

  Svarar 0 när det gick, 1 när filerna har fel, 2 när kommandot inte går att utföra.

  inspect FIL …
      Läs filer utan att ändra eller publicera något: vad de är, vad kolumnerna betyder, och vad som hittades.
      Tabeller (CSV, xlsx, ods, Parquet, JSON-stat2, Kolada, polisens händelser), gränser (GeoJSON, TopoJSON,
      Shapefile, GeoPackage) och zip. Svarar 1 när något fynd är ett fel.
      --json        svaret som ett JSON-objekt
      --areas FIL   områdena som filerna läses mot, GeoJSON (annars de inbyggda)
  publish
      Gör det inbyggda demonstrationspaketet i public/package. Hoppas över när källorna är oförändrade.
      --force       gör om ändå
      --out MAPP    skriv i en annan mapp
  publish --areas FIL --observations FIL [--observations FIL …]
      Gör ett paket av egna filer: områden som GeoJSON (SWEREF 99 eller WGS 84); händelser (område, datum, typ)
      eller antal (område, period, kön, antal, nämnare) som CSV.
      --out MAPP                  var paketet skrivs (annars public/package)
      --title TEXT                paketets titel
      --release ÅÅÅÅ-MM-DD        utgåvans datum (annars dagens)
      --municipality "KOD NAMN"   kommunens kod och namn, t.ex. "2480 Umeå kommun"
      --plan FIL                  kommunens aktivitetsplan: en arbetsbok (xlsx, ods) med bladet Insatser, en eller flera
                                  CSV-filer som heter som bladen, eller plan.json; också med --indicators. Fel sägs rad
                                  för rad, och då skrivs inget
  publish --areas FIL --observations FIL --indicators FIL --out MAPP
      Publicera efter en publiceringsplan: alla nivåer, kön och perioder går genom röjandekontrollen tillsammans.
      Områden som GeoJSON (id, name, parent), antal som CSV (indikator;omrade;period;kon;taljare;namnare, gärna även
      enheter: hur många som lämnar uppgiften; färre än tre visas bara en nivå upp) och
      indikatorer som CSV (id;namn;klass;enhet;…;plan). Inget skrivs om en enda dold cell går att räkna ut.
      --recipe FIL                recept: en projektfil eller dess recipes.json; filer av en form som har ett recept läses
                                  som sidan läser dem. --observations får då också vara en mapp eller xlsx m.m.
      --earlier MAPP …            tidigare utgåvor, äldst först
      --title TEXT                paketets titel
      --release ÅÅÅÅ-MM-DD        utgåvans datum (annars dagens)
      --signed NAMN               vem som släpper utgåvan; står i loggen och styrker ingens identitet
      --method moves              snabbare; döljer fler celler (annars optimal)
  plan PAKET --out FIL.xlsx
      Skriv ett pakets aktivitetsplan som arbetsbok, att ändra och publicera igen eller att ha som mall.
  audit MAPP        granska en utgåva ur dess publicerade filer: vad kan räknas ut om varje dold cell
      --json        svaret som JSON
  check MAPP        kontrollera ett paket eller en projektfil: index, kontrollsummor, varje rad; svarar 1 vid fel
        --json        svaret som JSON
  profile --area OMRÅDE … | --all | --group KOD,KOD … --out MAPP
      Skriv områdesprofiler som filer. Ett område anges med kod eller namn.
      --format FORM,…     pdf, pptx, xlsx, csv, html, svg, png (annars pdf,pptx,xlsx,csv,html). PDF behöver Chromium,
                          Chrome eller Edge på datorn; utan den skrivs de andra och svaret är 2
      --level NIVÅ        nivå för --all och för namn (annars den finaste)
      --name TEXT         gruppens namn
      --compare MED       kommunen, liknande eller ett annat område (annars kommunen)
      --sex T|K|M         alla, kvinnor eller män (annars T)
      --period PERIOD     t.ex. 2024 (annars den senaste för varje indikator)
      --by SÄTT           klass eller fokusproblem (annars klass)
      --package MAPP      paketets mapp, eller en projektfil (annars public/package)
      --date ÅÅÅÅ-MM-DD   när profilen är framtagen (annars i dag)
  briefing --project FIL --out MAPP
      Skriv en lägesbild ur en projektfil som filer.
      --lagesbild TITEL   vilken, där det finns flera (annars den som ändrades sist)
      --format FORM,…     som för profile
      --form SÄTT         PDF som bilder eller rapport med löpande text (annars bilder)
      --date ÅÅÅÅ-MM-DD   när den är framtagen (annars i dag)
  stats METOD --geojson FIL
      Räkna ett statistiskt mått på områdena i en GeoJSON-fil. Koordinaterna tas som de står, på ett plan; svaret har
      filens ordning. Tomma värden saknas, och området är då inte heller granne. Det som är odefinierat är null, med en
      mening om varför. Svarar 1 när ett fel i filen hindrar.
      moran, geary                --x KOLUMN; mönster i hela kartan, tvåsidigt p
        --normality               anta normalfördelning (annars att talen fallit på områdena av en slump)
      local-moran, gi-star        --x KOLUMN; mönster kring varje område
      eb, eb-local                --events KOLUMN --population KOLUMN; utjämnade andelar (empirisk Bayes)
      association                 --x KOLUMN --y KOLUMN; samband, prövat med hänsyn till att grannar liknar varandra
        --classes ANTAL           avståndsklasser i Dutilleuls test (annars 13)
      --weights queen|rook|knn:K  grannar: gemensam punkt, gemensam gräns, eller de K närmaste (annars queen)
      --style W|B                 grannarnas vikter: summa 1, eller alla 1 (annars W)
      --permutations ANTAL        slumpade omkastningar (annars 999); --seed TAL gör slumpen upprepbar (annars 1)
      --json                      svaret som ett JSON-objekt
  stats rate-interval|share-interval --count ANTAL --population ANTAL
      Konfidensintervall för antal per befolkning.
      --level ANDEL               täckning (annars 0.95)
      --method METOD              rate: exact (annars), byar (kring x + ½, som epitools), breslow-day (Byars som på
                                  kartan); share: wilson (annars), exact
  synthesise MAPP   skriv demonstrationens påhittade rådata (inte ett paket)
  boundaries        rita om de schematiska gränserna i data/areas
  serve             visa den byggda sidan (--port NUMMER, --package MAPP, --base /SÖKVÄG/)
  help              visa denna text
`

const COMMANDS: Readonly<Record<string, (parameters: readonly string[]) => Promise<number>>> = {
  inspect: inspectCommand,
  publish: publishCommand,
  plan: planCommand,
  audit: auditCommand,
  check: checkCommand,
  profile: profileCommand,
  briefing: briefingCommand,
  stats: statsCommand,
  async synthesise(parameters) {
    const [folder, ...others] = parameters
    if (folder === undefined || others.length > 0)
      throw new UsageError('Ange en mapp: synthesise MAPP')
    const { exportRaw } = await import('./synthesise/export-raw.ts')
    await exportRaw(folder)
    return 0
  },
  async boundaries(parameters) {
    if (parameters.length > 0) throw new UsageError('boundaries tar inga tillägg.')
    const { generateSchematic } = await import('./schematic/generate.ts')
    await generateSchematic(fileURLToPath(new URL('../data/areas/', import.meta.url)))
    return 0
  },
  async serve(parameters) {
    const { serveOptions, serveUntilStopped } = await import('./serve.mjs')
    await serveUntilStopped(serveOptions([...parameters]))
    return 0
  },
  help() {
    process.stdout.write(HELP)
    return Promise.resolve(0)
  },
}

/**
 * Runs one command of `npm run lage`.
 * @returns the exit code: 0 done, 1 faults in the files, 2 a command that cannot be carried out
 */
export async function runCommand([
  name = 'help',
  ...parameters
]: readonly string[]): Promise<number> {
  if (parameters.includes('--help')) return runCommand(['help'])
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (!command) {
    process.stderr.write(`Kommandot "${name}" finns inte.\n\n${HELP}`)
    return 2
  }
  try {
    return await command(parameters)
  } catch (error) {
    const isUsage =
      error instanceof UsageError ||
      (error instanceof TypeError &&
        String((error as { code?: unknown }).code).startsWith('ERR_PARSE_ARGS'))
    if (!isUsage) throw error
    process.stderr.write(`${(error as Error).message}\n`)
    return 2
  }
}
