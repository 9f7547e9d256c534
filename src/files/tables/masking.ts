import { hasIdentifier } from './identifiers.ts'

/** Stands for a text that tells of a person: nothing of it is repeated anywhere. */
export const MASK = '•••'

/** The text, or the mask when it tells of a person. */
export const masked = (text: string): string => (hasIdentifier(text) ? MASK : text)
