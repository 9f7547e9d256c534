import type { Message } from './message.ts'

export const IMPORT_MESSAGES = {
  'import-file-unreadable': () =>
    'Filen kunde inte läsas. Den har flyttats, ändrats eller är öppen i ett annat program; stäng den där och släpp den igen.',
} as const satisfies Record<string, Message>
