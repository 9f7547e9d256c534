import { integer, type Message } from './message.ts'

export const IMPORT_MESSAGES = {
  'import-file-unreadable': () =>
    'Filen kunde inte läsas. Den har flyttats, ändrats eller är öppen i ett annat program; stäng den där och släpp den igen.',
  'import-totals-made': ({ count }) =>
    `${integer(count)} ${Number(count) === 1 ? 'total stämde' : 'totaler stämde'} inte med sina delar och är räknade ur delarna i stället.`,
  'import-hexagons': ({ count, minimum }) =>
    Number(count) === 0
      ? `Ingen sexhörning har ${integer(minimum)} händelser ett och samma år, så inga visas på kartan.`
      : `${integer(count)} ${Number(count) === 1 ? 'sexhörning' : 'sexhörningar'} har minst ${integer(minimum)} händelser ett och samma år och visas på kartan, i stället för de händelser som visades där förut.`,
} as const satisfies Record<string, Message>
