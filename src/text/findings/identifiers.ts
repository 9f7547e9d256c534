import type { Message } from './message.ts'

const LEFT_OUT = 'Den läses inte in, och inget av den visas eller sparas.'

export const IDENTIFIER_MESSAGES = {
  'reading-identifier-personal-number': () =>
    `Kolumnen har personnummer, samordningsnummer eller en annan beteckning på en person. ${LEFT_OUT}`,
  'reading-identifier-birth-date': () => `Kolumnen har födelsedatum. ${LEFT_OUT}`,
  'reading-identifier-name': () => `Kolumnen har namn på personer. ${LEFT_OUT}`,
  'reading-identifier-address': () =>
    `Kolumnen har adresser. ${LEFT_OUT} Ange området i en egen kolumn om det saknas.`,
  'reading-identifier-phone': () => `Kolumnen har telefonnummer. ${LEFT_OUT}`,
  'reading-identifier-email': () => `Kolumnen har e-postadresser. ${LEFT_OUT}`,
  'reading-identifier-case-number': () =>
    `Kolumnen har nummer på ärenden eller anmälningar, som leder till personer. ${LEFT_OUT}`,
  'reading-identifier-free-text': () =>
    `Kolumnen har fri text, som kan peka ut personer. ${LEFT_OUT}`,
  'reading-identifier-coordinates': () =>
    'Kolumnen har exakta platser. De används högst till att bestämma område eller hexagon; själva koordinaterna sparas och visas inte.',
} as const satisfies Record<string, Message>
