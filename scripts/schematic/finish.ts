import type { AreaId } from '../../src/core/area.ts'
import type { Arc } from './arc-tracing.ts'
import { areaOfFace, coverOfFace, ELSEWHERE, FRAME, SEA } from './label-raster.ts'
import type { Finish } from './smoothing.ts'

const EDGE_OF_DRAWING: Finish = { smoothingMetres: 0, toleranceMetres: 0, rank: 4 }
const COAST: Finish = { smoothingMetres: 40, toleranceMetres: 7, rank: 3 }
const BANK: Finish = { smoothingMetres: 50, toleranceMetres: 2, rank: 3 }
const MUNICIPAL_BORDER: Finish = { smoothingMetres: 200, toleranceMetres: 10, rank: 2 }
const TOWN_BORDER: Finish = { smoothingMetres: 130, toleranceMetres: 2, rank: 1 }
/** Stadsdelar are shown on their own, so their outlines run on past the borders inside them. */
const DISTRICT_BORDER: Finish = { ...TOWN_BORDER, rank: 1.1 }
const OUTSKIRTS_BORDER: Finish = { smoothingMetres: 260, toleranceMetres: 4, rank: 1.2 }
const COUNTRY_BORDER: Finish = { smoothingMetres: 850, toleranceMetres: 8, rank: 1.2 }
/** Borders in the middle of the water decide who is whose neighbour, and are never drawn. */
const BORDER_IN_WATER: Finish = { smoothingMetres: 60, toleranceMetres: 20, rank: 0 }

/**
 * How each kind of border is drawn: banks and coast keep their detail, country borders sweep.
 * @param isRural whether the area at a position in the register is open country
 * @param districtOf the stadsdel of that area
 */
export function finishFor(
  isRural: (area: number) => boolean,
  districtOf: (area: number) => AreaId | null,
): (arc: Arc) => Finish {
  return ({ left, right }) => {
    const faces = [left, right]
    if (faces.includes(FRAME)) return EDGE_OF_DRAWING
    if (faces.includes(SEA)) return COAST
    const covers = faces.map(coverOfFace)
    if (faces.includes(ELSEWHERE)) return covers.includes('land') ? MUNICIPAL_BORDER : BANK
    if (covers[0] !== covers[1] && covers.includes('land')) return BANK
    if (!covers.includes('land')) return BORDER_IN_WATER
    const areas = faces.map(areaOfFace).filter((area) => area !== null)
    const ruralSides = areas.filter(isRural).length
    if (ruralSides === 2) return COUNTRY_BORDER
    if (ruralSides === 1) return OUTSKIRTS_BORDER
    return new Set(areas.map(districtOf)).size > 1 ? DISTRICT_BORDER : TOWN_BORDER
  }
}
