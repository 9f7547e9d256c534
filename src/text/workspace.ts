/** What a release is called when the analyst's own files lie above it. */
export const ownTitle = (title: string): string => (title.endsWith(OWN) ? title : `${title}${OWN}`)

const OWN = ', med egna data'

/** Where the terms of an analyst's own file are not told. */
export const OWN_LICENCE = 'egen fil'

/** What of a release comes from the analyst's own files. */
export const ownNote = (file: string, indicators: readonly string[]): string =>
  `Ur ${file}: ${indicators.join(', ')}. Övriga anmärkningar gäller inte dessa tal.`

/** Boundaries of the analyst's own. */
export const ownBoundariesNote = (file: string): string =>
  `Gränserna är lästa ur ${file}. Tal för områden som inte finns kvar på samma mark saknas (annan gräns).`

/** What findings call the place where the analyst's own files are kept. */
export const STORAGE_NAME = 'Webbläsarens lagring'
