import type { AreaRegister } from '../../src/core/area.ts'
import type { Indicator } from '../../src/core/indicator.ts'

/** Four small areas in two districts. */
export const REGISTER: AreaRegister = {
  levels: [
    { id: 'kommun', singular: 'kommun', plural: 'kommuner', rank: 0 },
    { id: 'stadsdel', singular: 'stadsdel', plural: 'stadsdelar', rank: 1 },
    { id: 'regso', singular: 'RegSO', plural: 'RegSO', rank: 2 },
  ],
  areas: [
    { id: '2480', level: 'kommun', name: 'Umeå kommun', parent: null },
    { id: '2480-berghem', level: 'stadsdel', name: 'Berghem', parent: '2480' },
    { id: '2480-carlshem', level: 'stadsdel', name: 'Carlshem', parent: '2480' },
    { id: '2480R001', level: 'regso', name: 'Berghem norra-Fridhem', parent: '2480-berghem' },
    { id: '2480R002', level: 'regso', name: 'Berghem södra', parent: '2480-berghem' },
    { id: '2480R003', level: 'regso', name: 'Carlshem norra', parent: '2480-carlshem' },
    { id: '2480R004', level: 'regso', name: 'Carlshem södra', parent: '2480-carlshem' },
  ],
  boundaryVersion: { id: 'v1', name: 'v1', schematic: false, source: 'test', licence: 'CC0' },
}

export const SHARE: Indicator = {
  ...{ id: 'prov', name: 'Prov', class: 'context', measure: 'share', per: 100, unit: '%' },
  ...{ denominatorName: 'elever', polarity: 'neutral', definition: 'Prov', source: 'test' },
  ...{ frequency: 'år', caveats: [], focusProblems: [], periodAggregation: 'mean' },
  ...{ designEffect: 1, synthetic: false },
  plan: { levels: ['kommun', 'stadsdel', 'regso'], periodChain: ['year'], bySex: false },
  policy: {
    ...{ kind: 'person', threshold: 5, complement: true, minimumDenominator: 0 },
    ...{ minimumRespondents: 0, zeros: 'may-be-hidden' },
  },
}

/** A text file as Swedish systems export it: Windows-1252, lines as in Windows. */
export const droppedText = (name: string, lines: readonly string[]) => ({
  name,
  bytes: Uint8Array.from(`${lines.join('\r\n')}\r\n`, (letter) =>
    // The only letter used here that does not have its Unicode number.
    letter === '–' ? 0x96 : letter.charCodeAt(0),
  ),
})
