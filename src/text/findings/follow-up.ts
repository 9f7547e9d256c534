import { integer, type Message } from './message.ts'

export const FOLLOW_UP_MESSAGES = {
  'follow-up-no-table': () =>
    'Här finns ingen tabell med uppföljning. Filen ska ha en rad med rubrikerna Id eller Insats, Halvår och Status; ladda ner rundan som xlsx och fyll i den.',
  'follow-up-column-missing': ({ expected }) =>
    `Kolumnen ${expected} saknas. Lägg till den, eller fyll i filen som den laddades ner.`,
  'follow-up-column-ignored': (_, text) =>
    `Kolumnen ”${text}” hör inte till uppföljningen och läses inte in.`,
  'follow-up-unknown-effort': (_, text) =>
    text === ''
      ? 'Raden säger inte vilken insats den gäller. Fyll i Id som i den nedladdade filen.'
      : `Insatsen ”${text}” finns inte i planen. Skriv Id eller titel som i den nedladdade filen.`,
  'follow-up-unclear-effort': (_, text) =>
    `Flera insatser heter ”${text}”. Fyll i Id, eller verksamheten.`,
  'follow-up-unknown-department': ({ expected }, text) =>
    `Verksamheten ”${text}” finns inte i planen. Den har ${expected}.`,
  'follow-up-other-title': ({ expected }, text) =>
    `Raden har Id för ”${expected}” men titeln ”${text}”. Den läses efter Id; rätta det som är fel.`,
  'follow-up-half-year': (_, text) =>
    text === ''
      ? 'Halvåret saknas. Skriv till exempel HT 2026.'
      : `”${text}” är inte ett halvår. Skriv till exempel HT 2026.`,
  'follow-up-status-missing': ({ expected }) =>
    `Något är ifyllt men status saknas. Välj ${expected}.`,
  'follow-up-word': ({ expected }, text) => `”${text}” går inte att välja här. Välj ${expected}.`,
  'follow-up-value': (_, text) =>
    `”${text}” är inte ett tal. Skriv till exempel 12 eller 7,5, eller lämna tomt och skriv i kommentaren.`,
  'follow-up-measure-missing': (_, text) =>
    `Talet ${text} säger inte vad det mäter. Fyll i Mått på samma rad.`,
  'follow-up-unit-missing': (_, text) =>
    `”${text}” har ett värde men ingen enhet. Skriv till exempel personer eller procent.`,
  'follow-up-measure-twice': (_, text) =>
    `Måttet ”${text}” står två gånger för samma insats och halvår. Behåll en av raderna.`,
  'follow-up-contradiction': ({ expected, row }, text) =>
    `Här står ”${text}”, men rad ${integer(row)} säger ”${expected}” om samma insats och halvår. Låt dem vara lika, eller fyll bara i den första raden.`,
  'follow-up-comment-long': ({ maximum }) =>
    `Kommentaren är längre än ${integer(maximum)} tecken. Korta den.`,
  'follow-up-date': (_, text) => `”${text}” är inte en dag. Skriv till exempel 2026-11-23.`,
  'follow-up-nothing-filled': ({ count }) =>
    `${integer(count)} ${Number(count) === 1 ? 'insats är inte ifylld' : 'insatser är inte ifyllda'} och ändras inte.`,
} as const satisfies Record<string, Message>
