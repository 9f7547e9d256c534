import { NBSP } from './format.ts'

/** What the wording aid says beside a mark. It advises; the words stay the writer's. */
export const wordingText = {
  place: (words: string): string =>
    `”${words}” stämplar en plats och dem som bor där. Skriv vad som är mätt i stället, till exempel ”områden med högre …” eller ”områden där fler …”.`,
  ranking: (words: string): string =>
    `”${words}” rangordnar platser. Skriv hur stor skillnaden är i stället, till exempel ”områden med högre … än kommunen”.`,
  causal: (words: string): string =>
    `”${words}” säger att det ena är orsak till det andra. Här visas samvariation, inte orsak. Skriv till exempel ”är vanligare där …” eller ”följs åt”.`,
  /** @param nearest the figure of the slide that comes closest: "17,1 % (Arbetslöshet)" */
  figure: (words: string, nearest: string): string =>
    `”${words}” visas inte på bilden. Närmast är ${nearest}. Är talet räknat ur bildens tal, skriv hur; kommer det från något annat, skriv varifrån.`,
  named: (text: string, name: string): string => (name === '' ? text : `${text}${NBSP}(${name})`),
  source: 'Här står tal utan källa. Skriv ”Källa: …” eller ”enligt …”, eller visa talen på bilden.',
}
