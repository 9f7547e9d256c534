import type { Indicator } from '../core/indicator.ts'
import type { Release } from '../core/release.ts'
import { FIVE_STEP_VERDICTS } from '../core/stats/comparison.ts'
import { areaName, formatNumber, periodInWords } from '../text/format.ts'
import { sv, unitCaption, unitOf } from '../text/sv.ts'
import { deepestPoint, type LevelShapes, type WaterShape } from '../views/area-shapes.ts'
import { VERDICT_TOKENS, type Choropleth } from '../views/choropleth.ts'
import { DARK_TOKENS } from '../views/colour.ts'
import { ringRadius, type IncidentLayerView } from '../views/incident-layer.ts'
import { sourceLine } from '../views/source-line.ts'
import { legendChart } from './legend-chart.ts'
import { LABEL_LINE_HEIGHT, placeLabels, type ScreenPolygon } from './map-labels.ts'
import { fitMercator, projectPolygons, type Bounds, type Projection } from './mercator.ts'
import { polygonsToPath, withinFrame } from './svg-path.ts'
import { element, pictureDocument, textElement } from './svg.ts'

export interface MapPicture {
  readonly view: Choropleth
  readonly shapes: LevelShapes
  readonly water: readonly WaterShape[]
  /** What the map showed when the picture was asked for. */
  readonly bounds: Bounds
  readonly chosen: readonly number[]
  readonly incidents: IncidentLayerView | null
  /** The indicator that the incidents are counted for; tells their source. */
  readonly incidentIndicator: Indicator | null
  readonly outlines: ReadonlyMap<string, readonly (readonly [number, number])[]> | null
  readonly release: Release
  readonly boundaryName: string
  readonly schematic: boolean
  /** The colour of a design token. */
  readonly colour: (token: string) => string
  /** Width in pixels of a line in the interface's typeface at 12 px. */
  readonly measure: (text: string) => number
}

const WIDTH = 1280
const HEIGHT = 960
const MARGIN = 28
const HEAD = 96
const FOOT = 62

/**
 * The map as an SVG document of its own: title, map drawn from the boundaries, legend, scale words and source.
 * "Syntetiska demonstrationsdata" is drawn across the map itself, so that it cannot be cropped away from it.
 */
export function drawMapPicture(picture: MapPicture): string {
  const { colour } = picture
  const ink = colour('ink')
  const quiet = colour('ink-3')
  const mapHeight = HEIGHT - HEAD - FOOT
  const { title, subtitle } = headingOf(picture)
  const synthetic = isSynthetic(picture)
  const head = [
    element('rect', { width: WIDTH, height: HEAD, fill: colour('paper') }),
    textElement(title, { x: MARGIN, y: 44, 'font-size': 30, 'font-weight': 650, fill: ink }),
    textElement(subtitle, { x: MARGIN, y: 74, 'font-size': 17, fill: colour('ink-2') }),
    synthetic
      ? textElement(sv.synthetic, {
          x: WIDTH - MARGIN,
          y: 74,
          'font-size': 17,
          'font-weight': 650,
          'text-anchor': 'end',
          fill: ink,
        })
      : '',
  ]
  const foot = [
    element('rect', { width: WIDTH, height: FOOT, fill: colour('paper') }),
    drawFoot(picture, quiet, synthetic),
  ]
  // Head and foot lie over the map, whatever is drawn of areas that reach beyond the frame.
  const parts = [
    element(
      'g',
      { transform: `translate(0 ${HEAD})` },
      drawGround(picture, {
        width: WIDTH,
        height: mapHeight,
        nameSize: 14,
        hasLegend: true,
        synthetic,
      }),
    ),
    ...head,
    element('g', { transform: `translate(0 ${HEIGHT - FOOT})` }, foot.join('')),
  ]
  const size = { width: WIDTH, height: HEIGHT }
  return pictureDocument(size, `${title}, ${subtitle}`, parts.join(''))
}

const SLIDE = { width: 664, height: 566, nameSize: 15.5 }

/** The map alone, for a slide that says in words what its colours mean. */
export function drawSlideMap(
  picture: MapPicture,
  alternative: string,
): { readonly svg: string; readonly width: number; readonly height: number } {
  const { width, height } = SLIDE
  const ground = drawGround(picture, {
    ...{ ...SLIDE, hasLegend: false, synthetic: isSynthetic(picture) },
  })
  return { width, height, svg: pictureDocument(SLIDE, alternative, ground) }
}

const hexagonsOf = ({ incidents }: MapPicture) =>
  incidents !== null && incidents.kind !== 'areas' ? incidents : null

/** Whether any figure in the picture is invented. */
const isSynthetic = ({ release, view, incidentIndicator }: MapPicture): boolean =>
  release.synthetic && (view.indicator.synthetic || (incidentIndicator?.synthetic ?? false))

function headingOf(picture: MapPicture): { title: string; subtitle: string } {
  const { view } = picture
  const hexagons = hexagonsOf(picture)
  if (hexagons)
    return {
      title: sv.picture.hexagonTitle(hexagons.categoryText),
      subtitle: `${hexagons.period} · ${sv.picture.atLeast(hexagons.minimumCount)}`,
    }
  const subtitle = [
    periodInWords(view.view.period),
    sv.sexes[view.view.sex],
    `${sv.per} ${view.view.level.singular}`,
    displayText(view),
    unitOf(view.indicator.unit, view.indicator.denominatorName),
  ]
  return {
    title: view.indicator.name,
    subtitle: subtitle.filter((part) => part !== '').join(' · '),
  }
}

function displayText(view: Choropleth): string {
  if (view.view.display === 'difference') return sv.display.difference
  if (view.view.display === 'change' && view.view.since)
    return `${sv.display.change} ${sv.since} ${periodInWords(view.view.since)}`
  return view.view.smoothing === 'smoothed' ? sv.smoothing.smoothed : ''
}

function drawFoot(picture: MapPicture, quiet: string, synthetic: boolean): string {
  const { view, release, boundaryName, incidents, incidentIndicator } = picture
  const line = (text: string, y: number) =>
    textElement(shorten(text, 190), { x: MARGIN, y, 'font-size': 13.5, fill: quiet })
  const shown = hexagonsOf(picture) && incidentIndicator ? incidentIndicator : view.indicator
  const sources = [sourceLine(shown, hexagonsOf(picture)?.period ?? view.view.period)]
  if (incidents?.kind === 'areas' && incidentIndicator && incidentIndicator.id !== shown.id)
    sources.push(`${incidents.categoryText}: ${incidentIndicator.source}.`)
  if (synthetic) sources.push(sv.source.synthetic)
  return [
    line(sources.join(' '), 26),
    line(
      `${sv.product}. ${sv.release(release.id)}. ${boundaryName}. ${sv.picture.definition}: ${shown.definition}`,
      47,
    ),
  ].join('')
}

const shorten = (text: string, most: number) =>
  text.length <= most ? text : `${text.slice(0, text.lastIndexOf(' ', most))} …`

interface Ground {
  readonly width: number
  readonly height: number
  /** Of the areas' names, in pixels. */
  readonly nameSize: number
  readonly hasLegend: boolean
  readonly synthetic: boolean
}

function drawGround(picture: MapPicture, ground: Ground): string {
  const { width, height, nameSize, hasLegend, synthetic } = ground
  const { view, shapes, water, colour } = picture
  const project = fitMercator(picture.bounds, width, height)
  const hexagons = hexagonsOf(picture) !== null
  const screen = new Map(
    shapes.shapes.map((shape) => [shape.index, projectPolygons(shape.polygons, project)]),
  )
  const frame = { width, height }
  const pathOf = (index: number) => polygonsToPath(withinFrame(screen.get(index) ?? [], frame))
  const fillOf = (index: number) => {
    const mark = view.marks[index]
    if (hexagons || !mark) return colour('wash-2')
    if (mark.cell.kind === 'hidden') return 'url(#hidden)'
    return mark.classIndex === null ? 'url(#missing)' : colour(mark.token)
  }
  const areas = shapes.shapes.map(({ index }) =>
    element('path', {
      'data-hint': hasLegend ? undefined : hintOf(view.marks[index]),
      d: pathOf(index),
      fill: fillOf(index),
      'fill-rule': 'evenodd',
      stroke: fillOf(index).startsWith('url') ? colour('rule') : colour('area-border'),
      'stroke-linejoin': 'round',
    }),
  )
  const waters = water.map(({ feature }) =>
    element('path', {
      d: polygonsToPath(withinFrame(projectPolygons(feature.geometry.coordinates, project), frame)),
      fill: colour('water'),
      'fill-rule': 'evenodd',
    }),
  )
  const outlines = picture.chosen.flatMap((index) => {
    const d = pathOf(index)
    const line = (stroke: string, strokeWidth: number) =>
      element('path', {
        d,
        fill: 'none',
        stroke,
        'stroke-width': strokeWidth,
        'stroke-linejoin': 'round',
      })
    return [line(colour('paper'), 7), line(colour('ink'), 3)]
  })
  const legend = hasLegend ? drawLegend(picture, height) : { svg: '', taken: [] }
  return [
    definitions(colour),
    element('clipPath', { id: 'frame' }, element('rect', { width, height })),
    element(
      'g',
      { 'clip-path': 'url(#frame)' },
      [
        element('rect', { width, height, fill: colour('land') }),
        ...areas,
        ...waters,
        drawIncidents(picture, project),
        ...outlines,
        drawNames(picture, screen, project, { width, height, nameSize }, legend.taken),
        synthetic ? watermark(width, height, colour('ink')) : '',
        legend.svg,
        picture.schematic
          ? textElement(sv.map.schematic, {
              x: width - 14,
              y: height - 12,
              'font-size': 13,
              'text-anchor': 'end',
              fill: colour('ink-2'),
              stroke: colour('land'),
              'stroke-width': 3,
              'paint-order': 'stroke',
            })
          : '',
      ].join(''),
    ),
  ].join('')
}

/** What is shown when an area is pointed at. */
const hintOf = (mark: Choropleth['marks'][number] | undefined): string | undefined =>
  mark && `${mark.name}: ${mark.valueText || mark.note}`

/** The same hatch and dots as on screen. */
function definitions(colour: (token: string) => string): string {
  return element(
    'defs',
    {},
    element(
      'pattern',
      {
        id: 'hidden',
        width: 7,
        height: 7,
        patternUnits: 'userSpaceOnUse',
        patternTransform: 'rotate(45)',
      },
      element('rect', { width: 7, height: 7, fill: colour('hidden-ground') }) +
        element('line', {
          x1: 0,
          y1: 0,
          x2: 0,
          y2: 7,
          stroke: colour('hidden-line'),
          'stroke-width': 2.4,
        }),
    ) +
      element(
        'pattern',
        { id: 'missing', width: 8, height: 8, patternUnits: 'userSpaceOnUse' },
        element('rect', { width: 8, height: 8, fill: colour('missing-ground') }) +
          element('circle', { cx: 2.2, cy: 2.2, r: 1.1, fill: colour('missing-dot') }) +
          element('circle', { cx: 6.2, cy: 6.2, r: 1.1, fill: colour('missing-dot') }),
      ),
  )
}

function watermark(width: number, height: number, ink: string): string {
  return textElement(sv.synthetic, {
    x: width / 2,
    y: height / 2,
    // On a small map too, all of it.
    'font-size': Math.min(54, width * 0.062),
    'font-weight': 650,
    'text-anchor': 'middle',
    fill: ink,
    opacity: 0.13,
    transform: `rotate(-16 ${width / 2} ${height / 2})`,
  })
}

function drawNames(
  picture: MapPicture,
  screen: ReadonlyMap<number, ScreenPolygon[]>,
  project: Projection,
  { width, height, nameSize }: Pick<Ground, 'width' | 'height' | 'nameSize'>,
  taken: Parameters<typeof placeLabels>[2],
): string {
  const { shapes, view, colour, measure } = picture
  const hexagons = hexagonsOf(picture) !== null
  const chosen = new Set(picture.chosen)
  const factor = nameSize / 12
  const requests = shapes.shapes.flatMap((shape) => {
    const [x, y] = project(deepestPoint(shape))
    const inside = x > 0 && y > 0 && x < width && y < height
    const polygons = screen.get(shape.index)!
    const visible = polygons.some((rings) =>
      rings[0]?.some(([px, py]) => px > 0 && py > 0 && px < width && py < height),
    )
    if (!visible) return []
    const extent = shape.bounds[2] - shape.bounds[0]
    const rank = chosen.has(shape.index) ? 0 : shape.area.rural ? 2e6 : 1e6
    return [
      {
        index: shape.index,
        lines: shape.area.labelLines ?? [areaName(shape.area.name)],
        polygons,
        deepest: inside ? ([x, y] as const) : null,
        priority: rank + extent,
      },
    ]
  })
  const lineHeight = LABEL_LINE_HEIGHT * factor
  return placeLabels(requests, { width, height }, taken, (text) => measure(text) * factor)
    .map((label) => {
      const mark = view.marks[label.index]
      const plain = hexagons || !mark || mark.classIndex === null
      const halo = plain ? (hexagons ? colour('wash-2') : colour('paper')) : colour(mark.token)
      return label.lines
        .map((line, row) =>
          textElement(line, {
            x: label.x.toFixed(1),
            y: (label.y + (row - (label.lines.length - 1) / 2) * lineHeight + 5).toFixed(1),
            'font-size': nameSize,
            'font-weight': chosen.has(label.index) ? 700 : 500,
            'text-anchor': 'middle',
            fill: !plain && DARK_TOKENS.has(mark.token) ? colour('ink-inverse') : colour('ink'),
            stroke: halo,
            'stroke-width': 3.5,
            'stroke-linejoin': 'round',
            'paint-order': 'stroke',
          }),
        )
        .join('')
    })
    .join('')
}

function drawIncidents(picture: MapPicture, project: Projection): string {
  const { incidents, outlines, shapes, colour } = picture
  if (!incidents) return ''
  if (incidents.kind !== 'areas')
    return incidents.cells
      .map(({ hexagon, token }) => {
        const ring = outlines?.get(hexagon)
        return ring
          ? element('path', {
              d: polygonsToPath([[ring.map((position) => project(position))]]),
              fill: colour(token),
              'fill-opacity': 0.85,
            })
          : ''
      })
      .join('')
  const byIndex = new Map(shapes.shapes.map((shape) => [shape.index, shape]))
  return incidents.rings
    .map(({ areaIndex, count }) => {
      const shape = byIndex.get(areaIndex)
      if (!shape || count === 0) return ''
      const [cx, cy] = project(deepestPoint(shape))
      return element('circle', {
        cx: cx.toFixed(1),
        cy: cy.toFixed(1),
        r: ringRadius(count, incidents.largest).toFixed(1),
        fill: 'none',
        stroke: colour('ink'),
        'stroke-width': 1.8,
      })
    })
    .join('')
}

function drawLegend(
  picture: MapPicture,
  height: number,
): { svg: string; taken: { left: number; top: number; right: number; bottom: number }[] } {
  const { view, colour, incidents } = picture
  const width = 400
  const small = (text: string, x: number, y: number, anchor = 'start') =>
    textElement(text, { x, y, 'font-size': 14, 'text-anchor': anchor, fill: colour('ink-2') })
  const rows: string[] = []
  let y = 26
  if (incidents && incidents.kind !== 'areas') {
    rows.push(
      small(
        sv.incidents.legendHexagons(
          incidents.categoryText,
          incidents.period,
          incidents.minimumCount,
        ),
        MARGIN,
        y,
      ),
    )
    y += 12
    incidents.classes.forEach(({ from, to, token }, position) => {
      const x = MARGIN + position * 70
      rows.push(element('rect', { x, y, width: 69, height: 12, fill: colour(token) }))
      rows.push(
        small(
          to === Infinity
            ? `${formatNumber(from, 0)}–`
            : `${formatNumber(from, 0)}–${formatNumber(to, 0)}`,
          x + 35,
          y + 30,
          'middle',
        ),
      )
    })
    y += 42
  } else if (view.scale.kind === 'verdicts') {
    rows.push(
      small(
        view.view.display === 'change' && view.view.since
          ? sv.legendChange(view.view.since, view.view.period)
          : sv.legendDifference,
        MARGIN,
        y,
      ),
    )
    const words = view.view.display === 'change' ? sv.changeClass : sv.verdictClass
    for (const verdict of FIVE_STEP_VERDICTS) {
      y += 22
      rows.push(
        element('rect', {
          x: MARGIN,
          y: y - 11,
          width: 28,
          height: 13,
          fill: colour(VERDICT_TOKENS[verdict]),
        }),
        small(words[verdict], MARGIN + 38, y),
      )
    }
    y += 12
  } else {
    rows.push(small(sv.legend.perArea(unitCaption(view.indicator.unit, null)), MARGIN, y))
    y += 6
    const chart = legendChart(view, width - 2 * MARGIN, 70)
    if (chart) {
      const own = [
        ...chart.squares.map((square) =>
          element('rect', {
            x: square.x,
            y: square.y.toFixed(1),
            width: square.width,
            height: square.height.toFixed(1),
            fill:
              square.index !== null && picture.chosen.includes(square.index)
                ? colour('ink')
                : colour(square.token),
            stroke: square.token === 'seq-1' ? colour('rule') : undefined,
            'stroke-width': 0.6,
          }),
        ),
        ...chart.classes.map((bar) =>
          element('rect', {
            x: bar.x.toFixed(1),
            y: chart.classTop,
            width: bar.width.toFixed(1),
            height: 8,
            fill: colour(bar.token),
            stroke: bar.token === 'seq-1' ? colour('rule') : undefined,
            'stroke-width': 0.6,
          }),
        ),
        ...chart.ticks.map((tick) => small(tick.text, tick.x, chart.height + 2, tick.anchor)),
        chart.municipality
          ? element('path', {
              d: `M${chart.municipality.x.toFixed(1)} 14V${chart.classTop + 10}`,
              stroke: colour('ink'),
              'stroke-dasharray': '2 2',
            }) +
            small(
              sv.legend.municipality(chart.municipality.text),
              chart.municipality.x,
              10,
              chart.municipality.anchor,
            )
          : '',
      ]
      rows.push(element('g', { transform: `translate(${MARGIN} ${y + 6})` }, own.join('')))
      y += chart.height + 14
    }
  }
  if (!incidents || incidents.kind === 'areas') {
    y += 16
    const swatch = (x: number, fill: string) =>
      element('rect', { x, y: y - 11, width: 22, height: 13, fill, stroke: colour('control') })
    rows.push(
      swatch(MARGIN, 'url(#hidden)'),
      small(sv.legend.hidden(view.counts.hidden), MARGIN + 30, y),
      swatch(MARGIN + 180, 'url(#missing)'),
      small(sv.legend.missing(view.counts.missing), MARGIN + 210, y),
    )
    if (incidents) {
      y += 22
      rows.push(
        small(
          sv.incidents.legendAreas(incidents.categoryText, periodInWords(incidents.period)),
          MARGIN,
          y,
        ),
      )
    }
    y += 4
  }
  const boxHeight = y + 12
  const top = height - boxHeight
  return {
    svg: element(
      'g',
      { transform: `translate(0 ${top})` },
      element('rect', { width, height: boxHeight, fill: colour('paper') }) + rows.join(''),
    ),
    taken: [{ left: 0, top, right: width, bottom: height }],
  }
}
