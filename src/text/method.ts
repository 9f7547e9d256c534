/** The Method page as it is read: sections of paragraphs, formulas and lists. */
export interface MethodSection {
  readonly id: string
  readonly heading: string
  readonly paragraphs: readonly string[]
  readonly definitions?: readonly { readonly term: string; readonly text: string }[]
}

export const METHOD: readonly MethodSection[] = [
  {
    id: 'vad',
    heading: 'Vad Lägeskartan visar',
    paragraphs: [
      'Lägeskartan visar områdesvisa tal: antal, andelar och svar i enkäter för områden med namn, aldrig uppgifter om enskilda. Skillnaden görs mellan bakomliggande faktorer och oönskade händelser, med skyddsfaktorer och kontext bredvid.',
      'Ett område är inte detsamma som människorna i det. En skillnad mellan områden säger inget om en enskild person och inget om orsak.',
    ],
  },
  {
    id: 'varden',
    heading: 'Värden och osäkerhet',
    paragraphs: [
      'Bredvid ett värde står ett 95 % konfidensintervall: så stor variation som slumpen ensam kan ge i ett så stort underlag.',
    ],
    definitions: [
      {
        term: 'Andel',
        text: '100 · antal / underlag. Intervall enligt Wilson (1927).',
      },
      {
        term: 'Per 1 000',
        text: '1 000 · händelser / befolkning. Intervall enligt Byar, som ligger nära det exakta Poissonintervallet också för små antal.',
      },
      {
        term: 'Antal',
        text: 'Händelserna som de räknats. Intervall enligt Byar. Antal i områden av olika storlek kan inte jämföras rakt av.',
      },
      {
        term: 'Enkät',
        text: 'Andel av de svarande. Intervall enligt Wilson, med antalet svarande delat med undersökningens designeffekt. Färre än 30 svarande visas inte; är intervallet bredare än ±10 procentenheter märks det ut.',
      },
      {
        term: 'Litet underlag',
        text: 'Märks ut när underlaget för en andel är under 100 eller när en händelse räknats färre än 10 gånger.',
      },
      {
        term: 'Utan underlag',
        text: 'Finns inga invånare att räkna på saknas värdet. Det är aldrig 0.',
      },
    ],
  },
  {
    id: 'jamforelse',
    heading: 'Skillnad mot kommunen och förändring',
    paragraphs: [
      'Ett område jämförs med resten av kommunen, utan området självt. Skillnadens intervall byggs av de två värdenas egna intervall (Newcombe 1998 för andelar, samma princip för tal per invånare).',
      '”Högre” eller ”lägre” skrivs när skillnaden är säker på 95 %-nivån, ”mycket” när den är säker på 99,8 %-nivån. ”Mycket” säger alltså hur säker skillnaden är, inte hur stor. Allt annat är ”skiljer sig inte säkert”, en egen klass med egen färg.',
      'Förändring mellan två perioder räknas likadant. Med 42 områden kan ett par skilja sig av en slump även vid 95 %; läs mönstret, inte det enskilda området.',
    ],
  },
  {
    id: 'profil',
    heading: 'Områdesprofilen',
    paragraphs: [
      'Profilen visar varje indikator för ett område, eller för flera tillsammans. En summa av flera områden visas bara där varje del visas: den säger inget som delarna inte säger. Saknar området tal tas det från området omkring, och det står vems talet är.',
      'I profilen är ”säkert” 99,8 %-nivån, eftersom så många tal står bredvid varandra; ”troligen” är 95 %. ”I nivå med” skrivs bara när hela intervallet ligger bland den mellersta hälften av områdena. Meningarna överst säger bara det som är säkert.',
    ],
    definitions: [
      {
        term: 'Ökar, minskar',
        text: 'Prövas över minst fem hela år eller läsår: tal per invånare och antal med Poissonregression vidgad för överspridning, andelar och enkäter med Mann och Kendalls test. Alla profilens tal prövas tillsammans (Benjamini och Hochberg, falska fynd högst 5 %).',
      },
      {
        term: 'Liknande områden',
        text: 'De tre som ligger närmast i sammanhang (folkmängd, ålder), mätt i standardavvikelser (Gower 1971). Händelser och orsaker är aldrig med i valet. Jämförelsen görs mot summan av dem som visar ett tal.',
      },
      {
        term: 'Raden av streck',
        text: 'Ett streck per område, grått fält för den mellersta hälften, streckad linje för det som området jämförs med. Varje rad har sin egen skala.',
      },
    ],
  },
  {
    id: 'utjamning',
    heading: 'Utjämnade värden',
    paragraphs: [
      'I små områden svänger värden av slump. Utjämnade värden är en vägning mellan områdets eget värde och kommunens: θᵢ = wᵢrᵢ + (1 − wᵢ)b, där b är hela kommunens nivå och wᵢ växer med områdets underlag (empirisk Bayes, Marshall 1991). Dolda områden är inte med i vägningen.',
      'Utjämnade värden är till för att läsa mönster på kartan. Det uppmätta värdet med sitt intervall är områdets eget.',
    ],
  },
  {
    id: 'klasser',
    heading: 'Klasser på kartan',
    paragraphs: [
      'Lika många områden (kvantiler), naturliga gränser (Fishers optimala indelning), lika breda klasser eller egna gränser. Gränserna rundas till de decimaler som värdena visas med, och ligger fast över alla perioder om inget annat väljs. Värden utanför den sista gränsen ritas i den yttersta klassen.',
    ],
  },
  {
    id: 'korsa',
    heading: 'Korsa: vad varierar tillsammans',
    paragraphs: [
      'Oönskade händelser ställs mot bakomliggande faktorer och skyddsfaktorer, område för område. Det som visas är samvariation mellan områden. Det säger inget om orsak och inget om människorna i områdena.',
      'Ett par korsas på den grövre av sina två nivåer och den längre av sina två perioder, av utgivna tal. Ett värde kopieras aldrig nedåt och upprepas aldrig över tid. Dolda områden räknas som bortfall och hur många de är står bredvid; är fler än en fjärdedel dolda korsas paret inte. Färre än 10 områden korsas inte, färre än 30 märks ut.',
    ],
    definitions: [
      {
        term: 'ρ (rho)',
        text: 'Spearmans rangkorrelation, från −1 till 1: hur väl områdenas ordning på det ena följer ordningen på det andra. Intervallet är Bonetts och Wrights (2000), tanh(artanh ρ ± 1,96 · √((1 + ρ²/2) / (m − 3))), där m är det minsta av antalet områden och det antal oberoende områden som de är värda.',
      },
      {
        term: 'Grannlikhet',
        text: 'Områden intill varandra liknar varandra och är inte värda lika mycket som oberoende områden. Varje par prövas på två sätt, och det som säger minst gäller: Dutilleuls modifierade t-test (1993) av rangerna, och 999 slumpade kartor med samma grannlikhet (Wagner och Dray 2015).',
      },
      {
        term: 'Korrigering',
        text: 'Bland hundratals jämförelser ser några starka ut av en slump. Ett par är fyllt i matrisen bara om det står sig efter Benjaminis och Hochbergs korrigering (1995) för hela matrisen: bland dem som står sig väntas högst 5 % vara falska.',
      },
      {
        term: 'Ett område i taget',
        text: 'ρ räknas om utan vart och ett av områdena. Hänger sambandet på ett enda område sägs vilket.',
      },
      {
        term: 'Med andra faktorer lika',
        text: 'Partiell rangkorrelation med en eller två andra faktorer hållna lika.',
      },
      {
        term: 'Fördröjning',
        text: 'Förändringen i det ena mot förändringen i det andra 0–4 kvartal eller en termin tidigare, bara där båda serierna finns i den takten. Fördröjningen väljs i förväg; att leta efter den som passar bäst ger samband av en slump.',
      },
      {
        term: 'Grannmönster',
        text: 'I fördjupningen: Morans I och Gearys C för hela kartan, lokala Moran och Getis och Ords Gi* för varje område, prövade med slumpning utan återläggning och korrigerade för antalet områden; områden utan grannar prövas inte. För ett par: Lees L och bivariat lokal Moran, grannarnas faktor mot områdets eget utfall.',
      },
    ],
  },
  {
    id: 'dolt',
    heading: 'Noll, dold och saknas',
    paragraphs: [],
    definitions: [
      { term: 'Noll', text: 'Ett värde som andra: lägsta klassen, siffran 0.' },
      {
        term: 'Dold',
        text: 'För få för att visas, eller dold redan hos källan. Sned skraffering. Det dolda talet finns inte i den publicerade filen, i databasen, i länken eller i bilden.',
      },
      {
        term: 'Saknas',
        text: 'Uppgiften finns inte: inte insamlad, inga invånare, utanför perioden, en summa där någon del saknas, eller räknad för ett område med annan gräns. Prickar.',
      },
    ],
  },
  {
    id: 'rojande',
    heading: 'Röjandekontroll',
    paragraphs: [
      'Varje indikator har en policy och en publiceringsplan. Antal under tröskeln döljs, liksom när nästan alla omfattas, när underlaget är för litet eller när för få har svarat. Kontrollen görs innan något publiceras.',
      'Att dölja de små talen räcker inte, för de kan gå att räkna ut ur summor. Därför granskas alla nivåer, perioder och kön av en indikator tillsammans, tidigare utgåvor också, och fler celler döljs: så få som möjligt, men så många att inget av de små talen kan räknas ut. För varje dold cell prövas vad den som känner till policyn och alla visade tal kan sluta sig till (Fischetti och Salazar 2001). En utgåva med en enda osäker cell skrivs inte.',
      'Ingenstans sägs vilken regel som dolde en cell: det vore i sig en ledtråd. Hur många celler varje regel dolde, och vad en grövre publicering skulle ge tillbaka, står på sidan Röjandekontroll och i loggen som följer med utgåvan.',
      'Individflöden (inkomna, lämpliga, tillfrågade, påbörjade) prövas som ett system: månader blir kvartal, halvår och år, och de som gick vidare och de som inte gjorde det blir steget före. Därför skyddas också en liten skillnad mellan två steg. Ett tal som saknas i källan räknas fram ur källans egen summa bara när det är det enda som saknas, och märks ut; ett tal som källan döljer räknas aldrig fram.',
      'Händelser visas som antal per område och månad eller som sexhörningar med minst fem händelser ett år. Kategorier som kan peka ut ett hem eller en person visas aldrig som sexhörningar.',
    ],
  },
  {
    id: 'demonstration',
    heading: 'Demonstrationsdata',
    paragraphs: [
      'Siffrorna i den inbyggda utgåvan är syntetiska: gjorda av ett program med ett frö som bestämts i förväg. Mönstren är gjorda oberoende av den verkliga områdestypen och planterade kluster ligger inte i Ålidhem, Ersboda eller Mariehem. De verkliga namnen finns med för att kartan ska gå att känna igen; siffrorna säger inget om områdena.',
      'SCB:s och Delmos socioekonomiska områdestyp 2022 är den enda verkliga indikatorn. Den korsas aldrig med syntetiska data.',
    ],
  },
  {
    id: 'granser',
    heading: 'Gränser',
    paragraphs: [
      'Kartans gränser i den inbyggda utgåvan är schematiska: ritade utifrån namngivna platser, inte inmätta. Officiella gränser läses in med kommandot npm run lage -- publish --areas FIL --observations FIL.',
    ],
  },
  {
    id: 'integritet',
    heading: 'Ingenting skickas vidare',
    paragraphs: [
      'Allt räknas i webbläsaren. Sidan frågar aldrig en annan värd, och länken i adressfältet håller bara val som indikator, period och område, aldrig data.',
    ],
  },
  {
    id: 'tillganglighet',
    heading: 'Tillgänglighet',
    paragraphs: [
      'Lägeskartan är byggd för att följa WCAG 2.1 nivå AA. Allt går att nå med tangentbord: på kartan går piltangenterna mellan områden och Enter väljer. Bakom kartan finns en tabell med samma uppgifter. Sidan går att förstora till 400 % och tar hänsyn till inställningen för minskad rörelse.',
      'Kända brister: staplarna i tre dimensioner har ingen egen textmotsvarighet utöver antalen per område, och bilden som laddas ner är en bild; samma uppgifter finns i tabellen.',
      'Granskningen har gjorts med automatiska kontroller (axe) och för hand med tangentbord, inte av någon utomstående. Den som hittar en brist anmäler den till den som driver tjänsten i kommunen. Tillsynsmyndighet är Post- och telestyrelsen.',
    ],
  },
]
