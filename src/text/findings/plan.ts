import { suggestion, type Message } from './message.ts'

export const PLAN_MESSAGES = {
  'plan-not-a-table': () =>
    'Filen är ingen tabell. En aktivitetsplan är en arbetsbok (xlsx, ods), CSV-filer eller plan.json.',
  'plan-sheet-missing': (_, text) =>
    `Bladet Insatser saknas (filen har ${text}). Döp bladet med insatserna till Insatser.`,
  'plan-sheet-unread': (_, text) => `Bladet "${text}" hör inte till planen och läses inte.`,
  'plan-sheet-repeated': (_, text) => `Bladet "${text}" finns två gånger. Behåll ett av dem.`,
  'plan-no-rows': () => 'Det finns inga insatser under rubrikraden.',
  'plan-column-missing': (_, text) =>
    `Kolumnen saknas bland ${text || 'rubrikerna'}. Lägg till den, eller döp om den som menas.`,
  'plan-column-repeated': (_, text) =>
    `Två kolumner heter "${text}", eller betyder samma sak. Behåll en av dem.`,
  'plan-columns-unread': (_, text) =>
    text === ''
      ? 'En kolumn utan rubrik läses inte.'
      : `Kolumner som inte hör till planen och inte läses: ${text}.`,
  'plan-cell-missing': () => 'Cellen är tom. Fyll i den.',
  'plan-row-surplus': (_, text) =>
    `Bara första raden om planen läses; "${text}" är en till. Ta bort den.`,
  'plan-years-missing': () =>
    'Filen säger inte vilka år planen gäller. Lägg till bladet Plan med Titel, Utgivare, Från år och Till år, eller fyll i Start.',
  'plan-no-focus-problems': () =>
    'Ingen insats nämner något fokusproblem. Fyll i kolumnen, eller lägg till bladet Fokusproblem.',

  'plan-unknown-department': (parameters, text) =>
    `Verksamheten "${text}" är okänd.${suggestion(parameters)} Rätta namnet, eller lägg till den på bladet Verksamheter.`,
  'plan-unknown-level': ({ choices }, text) =>
    `"${text}" är ingen förebyggande nivå. Skriv ${choices}.`,
  'plan-unknown-area': (parameters, text) =>
    `Området "${text}" finns inte i områdesregistret.${suggestion(parameters)} Skriv områdets kod eller namn, eller flytta ordet till Plats.`,
  'plan-unknown-focus-problem': (parameters, text) =>
    `Fokusproblemet "${text}" är okänt.${suggestion(parameters)} Rätta det, eller lägg till det på bladet Fokusproblem.`,
  'plan-unknown-indicator': (parameters, text) =>
    `Indikatorn "${text}" finns inte i utgåvan.${suggestion(parameters)} Rätta den, eller töm cellen.`,
  'plan-unknown-effort': (parameters, text) =>
    `Insatsen "${text}" finns inte bland insatserna${suggestion(parameters) === '' ? ', eller hör till en annan verksamhet' : ''}.${suggestion(parameters)} Skriv dess Id eller rubrik.`,
  'plan-choice': ({ choices }, text) => `"${text}" går inte att läsa här. Skriv ${choices}.`,

  'plan-id': (_, text) =>
    `"${text}" kan inte vara ett Id. Skriv det utan mellanslag, komma och snedstreck.`,
  'plan-id-repeated': ({ earlier }, text) =>
    `Id "${text}" har redan insatsen på rad ${earlier}. Ge insatserna olika Id.`,
  'plan-number-repeated': ({ earlier }, text) =>
    `Nummer ${text} har redan insatsen på rad ${earlier}, i samma verksamhet. Rätta det ena.`,
  'plan-repeated': (_, text) => `"${text}" står två gånger. Behåll en av dem.`,
  'plan-period': (_, text) =>
    `"${text}" är ingen tid. Skriv t.ex. 2026, 2026-03, VT 2026 eller HT 2026, och ordagrant under När.`,
  'plan-half-year': (_, text) => `"${text}" är inget halvår. Skriv t.ex. VT 2026 eller HT 2026.`,
  'plan-date': (_, text) => `"${text}" är inget datum. Skriv ÅÅÅÅ-MM-DD.`,
  'plan-figure': (_, text) =>
    `"${text}" är inget tal, eller kan läsas på två sätt. Skriv t.ex. 1234 eller 12,5.`,
  'plan-count': ({ least }, text) => `"${text}" är inget heltal från ${least} och uppåt.`,
  'plan-lines': (_, text) => `"${text}" är inga rader i planen. Skriv t.ex. 82 eller 82–102.`,
  'plan-order': (_, text) => `Slutet${text ? ` (${text})` : ''} ligger före början.`,
  'plan-levels': (_, text) =>
    `Nivåerna går inte ihop (${text}): var och en skrivs en gång, och Inte relevant ensam.`,
  'plan-same': (_, text) =>
    `"${text}" kan inte vara samma insats: den ska höra till en annan verksamhet och inte själv hänvisa vidare.`,
  'plan-place-not-shown': (_, text) =>
    `Platsen ska inte visas, men området ${text} står här. Töm cellen: skyddat boende och behandling placeras aldrig på kartan.`,
  'plan-place-and-areas': (_, text) =>
    `Platsen är hela kommunen eller anges inte, men området ${text} står här. Behåll det ena.`,
  'plan-place-not-named': (_, text) => `"${text}" är inte en av platserna under Plats.`,
  'plan-place-unplaced': (parameters, text) =>
    `"${text}" är inget område i registret och placeras inte på kartan; ordet står kvar.${suggestion(parameters)} Skriv området under Områden om det är känt.`,
  'plan-note-beside-problems': () =>
    'Fokusproblemen är uppräknade; planens ord om alla eller inga hör då inte hit. Töm cellen.',
  'plan-link-not-listed': (_, text) =>
    `Fokusproblemet "${text}" står inte vid insatsen på bladet Insatser. Lägg till det där, eller ta bort raden.`,
  'plan-told-twice': ({ row }) =>
    `Insatsens mått står också på bladet Mått, rad ${row}. Töm cellen här, eller ta bort raderna där.`,
  'plan-reason-missing': () =>
    'Varför just den indikatorn eller riktningen? Fyll i cellen, eller töm de andra två.',
  'plan-history-sources': (_, text) =>
    `Tidigare projekt har en enda källa; "${text}" är en annan än på första raden. Rätta den, eller ta bort raden.`,
  'plan-follow-up-contradicts': ({ earlier }) =>
    `Insatsen har redan en uppföljning för halvåret på rad ${earlier}, och raderna är olika. Skriv samma status, läge, kommentar och datum på alla rader, med ett mått på var.`,
} as const satisfies Record<string, Message>
