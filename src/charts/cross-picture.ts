import { crossText } from '../text/cross.ts'
import { sv } from '../text/sv.ts'
import type { LevelShapes, WaterShape } from '../views/area-shapes.ts'
import { DARK_TOKENS } from '../views/colour.ts'
import type { CrossMatrixView } from '../views/cross-matrix.ts'
import type { CrossPairView } from '../views/cross-pair.ts'
import { fitMercator, projectPolygons, type Bounds } from './mercator.ts'
import { DOT_RADIUS, pairScatter, type PairScatter } from './pair-scatter.ts'
import { element, pictureDocument, textElement } from './svg.ts'
import { polygonsToPath } from './svg-path.ts'

/** What stands around every picture of a crossing. */
export interface CrossFrame {
  readonly colour: (token: string) => string
  /** Width of a text at 13 px, in pixels. */
  readonly measure: (text: string) => number
  /** Choices, sources and release, in the foot. */
  readonly foot: readonly string[]
  readonly synthetic: boolean
}

const MARGIN = 40
const FOOT_LINE = 19

/** The whole matrix as SVG. */
export function drawMatrixPicture(view: CrossMatrixView, frame: CrossFrame): string {
  const { colour } = frame
  const [cell, row, labels, heads, left] = [54, 38, 250, 210, MARGIN]
  const width = Math.max(1000, left + labels + view.events.length * cell + 150)
  let y = 150 + heads
  const parts: string[] = []
  view.events.forEach(({ name }, column) => {
    const x = left + labels + (column + 0.5) * cell
    const lines = wrapped(name, 190, frame.measure).slice(0, 2)
    lines.forEach((line, at) =>
      parts.push(
        textElement(line, {
          ...{ x: x + (at - (lines.length - 1) / 2) * 15 + 4, y: y - 8, fill: colour('ink-2') },
          'font-size': 13,
          transform: `rotate(-62 ${x + (at - (lines.length - 1) / 2) * 15 + 4} ${y - 8})`,
        }),
      ),
    )
  })
  for (const group of view.groups) {
    parts.push(
      textElement(group.heading, {
        ...{ x: left, y: y + 4, fill: colour('ink'), 'font-size': 14, 'font-weight': 650 },
      }),
    )
    y += 14
    for (const { factor, cells } of group.lines) {
      const lines = wrapped(factor.name, labels - 16, frame.measure).slice(0, 2)
      lines.forEach((line, at) =>
        parts.push(
          textElement(line, {
            ...{ x: left, y: y + row / 2 + 4 + (at - (lines.length - 1) / 2) * 15 },
            ...{ fill: colour('ink-2'), 'font-size': 13 },
          }),
        ),
      )
      cells.forEach(({ text, token, survives, bar, kind, n }, column) => {
        const x = left + labels + column * cell
        const ink = !token
          ? colour('ink-2')
          : DARK_TOKENS.has(token)
            ? colour('ink-inverse')
            : colour('ink')
        if (token)
          parts.push(
            element('rect', { x, y, width: cell - 2, height: row - 2, fill: colour(token) }),
          )
        const middle = x + cell / 2 - 1
        const put = (words: string, at: number, size: number) =>
          textElement(words, {
            ...{ x: middle, y: y + at, fill: ink, 'font-size': size, 'text-anchor': 'middle' },
            'font-weight': survives && size > 12 ? 650 : 400,
          })
        parts.push(put(text, 14, 13))
        if (kind === 'tested') parts.push(put(crossText.cell.n(n), 34, 10))
        if (bar) {
          const at = (share: number) => (middle + (share - 0.5) * 44).toFixed(1)
          parts.push(
            element('path', {
              d: `M${at(bar.from)} ${y + 20}H${at(bar.to)}M${at(bar.zero)} ${y + 17}V${y + 23}`,
              ...{ stroke: ink, 'stroke-width': 1.2, fill: 'none' },
            }),
            element('circle', { cx: at(bar.rho), cy: y + 20, r: 1.9, fill: ink }),
          )
        }
      })
      y += row
    }
    y += 26
  }
  let x = left
  for (const { tokens, text } of view.legend) {
    tokens.forEach((token) => {
      parts.push(element('rect', { x, y: y - 11, width: 18, height: 13, fill: colour(token) }))
      x += 20
    })
    parts.push(textElement(text, { x: x + 4, y, fill: colour('ink-2'), 'font-size': 13 }))
    x += frame.measure(text) + 40
  }
  const notes = [view.caption ?? '', ...view.notes].filter((text) => text !== '')
  return sheet(
    ...([crossText.heading, `${crossText.lead} ${crossText.notCause}`, parts] as const),
    ...([width, y + 18, notes, frame] as const),
  )
}

/** A pair's picture: what is said, the scatter, the map and its nine colours. */
export interface PairPicture {
  readonly view: CrossPairView
  readonly isChange: boolean
  readonly shapes: LevelShapes | null
  readonly water: readonly WaterShape[]
  readonly bounds: Bounds
}

export function drawPairPicture(
  { view, isChange, shapes, water, bounds }: PairPicture,
  frame: CrossFrame,
): string {
  const { colour, measure } = frame
  const width = 1500
  const said = wrapped(view.sentences.join(' '), (width - 2 * MARGIN) * (13 / 16), measure)
  const parts = said.map((line, at) =>
    textElement(line, { x: MARGIN, y: 122 + at * 23, 'font-size': 16, fill: colour('ink-2') }),
  )
  const top = 140 + said.length * 23
  const chart = pairScatter(view, { width: 800, height: 560 }, measure)
  const strong = { 'font-size': 14, 'font-weight': 650, fill: colour('ink') }
  const { right } = chart.frame
  const inside = scatterParts(chart, colour)
  parts.push(
    textElement(crossText.pair.axis(view.event, isChange), { x: MARGIN, y: top + 14, ...strong }),
    element('g', { transform: `translate(${MARGIN} ${top + 22})` }, inside.join('')),
    textElement(crossText.pair.axis(view.factor, isChange), {
      ...{ x: MARGIN + right, y: top + 602, 'text-anchor': 'end', ...strong },
    }),
  )
  const [mapLeft, mapWidth, mapHeight] = [880, 580, 380]
  if (shapes) {
    const project = fitMercator(bounds, mapWidth, mapHeight)
    const fillOf = (token: string) =>
      token === 'hidden-ground'
        ? 'url(#hidden)'
        : token === 'missing-ground'
          ? 'url(#missing)'
          : colour(token)
    const ground = shapes.shapes.map(({ index, polygons }) => {
      const fill = fillOf(view.map[index]?.token ?? 'missing-ground')
      return element('path', {
        d: polygonsToPath(projectPolygons(polygons, project)),
        ...{ fill, 'fill-rule': 'evenodd', 'stroke-width': 0.9 },
        stroke: fill.startsWith('url') ? colour('rule') : colour('area-border'),
      })
    })
    const lakes = water.map(({ feature }) =>
      element('path', {
        d: polygonsToPath(projectPolygons(feature.geometry.coordinates, project)),
        ...{ fill: colour('water'), 'fill-rule': 'evenodd' },
      }),
    )
    parts.push(
      patterns(colour),
      element('clipPath', { id: 'map' }, element('rect', { width: mapWidth, height: mapHeight })),
      element(
        'g',
        { transform: `translate(${mapLeft} ${top + 22})`, 'clip-path': 'url(#map)' },
        [
          element('rect', { width: mapWidth, height: mapHeight, fill: colour('land') }),
          ...ground,
          ...lakes,
        ].join(''),
      ),
    )
  }
  const legendTop = top + 22 + mapHeight + 46
  const quiet = { 'font-size': 13, fill: colour('ink-2') }
  parts.push(
    textElement(`↑ ${view.event.more}`, { x: mapLeft, y: legendTop - 12, ...quiet }),
    ...[0, 1, 2].flatMap((factor) =>
      [0, 1, 2].map((event) =>
        element('rect', {
          ...{ x: mapLeft + factor * 34, y: legendTop + (2 - event) * 34, width: 33, height: 33 },
          fill: colour(`biv-${factor}${event}`),
        }),
      ),
    ),
    textElement(`→ ${view.factor.more}`, { x: mapLeft, y: legendTop + 122, ...quiet }),
  )
  const counted = { hidden: 'hidden-ground', missing: 'missing-ground' } as const
  Object.entries(counted).forEach(([kind, token], at) => {
    const count = view.map.filter((area) => area.token === token).length
    if (count === 0) return
    const y = legendTop + 14 + at * 26
    parts.push(
      element('rect', {
        ...{ x: mapLeft + 150, y, width: 24, height: 15, fill: `url(#${kind})` },
        stroke: colour('control'),
      }),
      textElement(crossText.pair.counted[kind as keyof typeof counted](count), {
        ...{ x: mapLeft + 184, y: y + 12, ...quiet },
      }),
    )
  })
  return sheet(view.title, view.kicker, parts, width, top + 625, [], frame)
}

/** A scatter as SVG: ticks, intervals, medians, dots and names. */
function scatterParts(chart: PairScatter, colour: CrossFrame['colour']): string[] {
  const { left, right, top: above, bottom } = chart.frame
  const number = (value: number) => value.toFixed(1)
  return [
    ...chart.xTicks.map(
      ({ x, text }) =>
        element('path', { d: `M${number(x)} ${above}V${bottom}`, stroke: colour('hairline') }) +
        textElement(text, {
          ...{ x: number(x), y: bottom + 17, 'text-anchor': 'middle', 'font-size': 13 },
          fill: colour('ink-3'),
        }),
    ),
    ...chart.yTicks.map(
      ({ y, text }) =>
        element('path', { d: `M${left} ${number(y)}H${right}`, stroke: colour('hairline') }) +
        textElement(text, {
          ...{ x: left - 7, y: number(y + 4), 'text-anchor': 'end', 'font-size': 13 },
          fill: colour('ink-3'),
        }),
    ),
    ...chart.dots.map(({ x, y, across, along }) =>
      element('path', {
        d: `${across ? `M${number(across[0])} ${number(y)}H${number(across[1])}` : ''}${along ? `M${number(x)} ${number(along[0])}V${number(along[1])}` : ''}`,
        ...{ stroke: colour('rule'), 'stroke-width': 1, fill: 'none' },
      }),
    ),
    element('path', {
      d: `M${number(chart.median.x)} ${above}V${bottom}M${left} ${number(chart.median.y)}H${right}`,
      ...{ stroke: colour('ink'), 'stroke-width': 1.3, 'stroke-dasharray': '1.5 3', fill: 'none' },
    }),
    ...chart.dots.map(({ x, y, token }) =>
      element('circle', {
        ...{ cx: number(x), cy: number(y), r: DOT_RADIUS + 0.5, fill: colour(token) },
        ...{ stroke: colour('control'), 'stroke-width': 0.8 },
      }),
    ),
    ...chart.names.map(({ text, x, y, anchor }) =>
      textElement(text, {
        ...{ x: number(x), y: number(y), 'text-anchor': anchor, 'font-size': 13 },
        ...{ fill: colour('ink'), stroke: colour('paper'), 'stroke-width': 3 },
        'paint-order': 'stroke',
      }),
    ),
  ]
}

/** Pixels; the scatter is drawn smaller and enlarged, so that it can be read from the back row. */
const SLIDE = { width: 680, height: 600, scale: 1.35 }

/** The scatter of a pair alone, with its axes, for a slide. @param alternative what it says in words */
export function drawSlideScatter(
  view: CrossPairView,
  isChange: boolean,
  alternative: string,
  { colour, measure, synthetic }: Pick<CrossFrame, 'colour' | 'measure' | 'synthetic'>,
): { readonly svg: string; readonly width: number; readonly height: number } {
  const { width, height, scale } = SLIDE
  const [inner, AXIS] = [{ width: width / scale, height: height / scale }, 24]
  const chart = pairScatter(view, { width: inner.width, height: inner.height - 2 * AXIS }, measure)
  const strong = { 'font-size': 13, 'font-weight': 650, fill: colour('ink') }
  const short = (text: string) => wrapped(text, inner.width, measure)[0]!
  const content = [
    textElement(short(`↑ ${crossText.pair.axis(view.event, isChange)}`), {
      x: 2,
      y: 14,
      ...strong,
    }),
    element('g', { transform: `translate(0 ${AXIS})` }, scatterParts(chart, colour).join('')),
    textElement(short(`${crossText.pair.axis(view.factor, isChange)} →`), {
      ...{ x: inner.width - 12, y: inner.height - 8, 'text-anchor': 'end', ...strong },
    }),
    synthetic
      ? textElement(sv.synthetic, {
          ...{ x: inner.width - 12, y: 14, 'text-anchor': 'end', 'font-size': 11 },
          fill: colour('ink-3'),
        })
      : '',
  ]
  const enlarged = element('g', { transform: `scale(${scale})` }, content.join(''))
  return { width, height, svg: pictureDocument({ width, height }, alternative, enlarged) }
}

function patterns(colour: (token: string) => string): string {
  const tile = (id: string, more: Readonly<Record<string, string>>, content: string) =>
    element(
      'pattern',
      { id, width: 7, height: 7, patternUnits: 'userSpaceOnUse', ...more },
      content,
    )
  const ground = (token: string) => element('rect', { width: 7, height: 7, fill: colour(token) })
  const dot = (at: number) =>
    element('circle', { cx: at, cy: at, r: 1, fill: colour('missing-dot') })
  return element(
    'defs',
    {},
    tile(
      'hidden',
      { patternTransform: 'rotate(45)' },
      ground('hidden-ground') +
        element('path', { d: 'M0 0V7', stroke: colour('hidden-line'), 'stroke-width': 2.4 }),
    ) + tile('missing', {}, ground('missing-ground') + dot(2) + dot(5.5)),
  )
}

function sheet(
  title: string,
  subtitle: string,
  parts: readonly string[],
  width: number,
  bottom: number,
  notes: readonly string[],
  { colour, measure, foot, synthetic }: CrossFrame,
): string {
  const small = [...notes, ...foot].flatMap((text) => wrapped(text, width - 2 * MARGIN, measure))
  const height = bottom + 26 + small.length * FOOT_LINE + 16
  const ink = colour('ink')
  const all = [
    element('rect', { width, height, fill: colour('paper') }),
    textElement(title, { x: MARGIN, y: 58, 'font-size': 30, 'font-weight': 650, fill: ink }),
    textElement(subtitle, { x: MARGIN, y: 88, 'font-size': 17, fill: colour('ink-2') }),
    synthetic
      ? textElement(sv.synthetic, {
          ...{ x: width - MARGIN, y: 58, 'font-size': 17, 'font-weight': 650, fill: ink },
          'text-anchor': 'end',
        })
      : '',
    ...parts,
    element('path', {
      d: `M${MARGIN} ${bottom + 6}H${width - MARGIN}`,
      stroke: colour('hairline'),
    }),
    ...small.map((line, at) =>
      textElement(line, {
        ...{ x: MARGIN, y: bottom + 28 + at * FOOT_LINE, 'font-size': 13 },
        fill: colour('ink-3'),
      }),
    ),
  ]
  return pictureDocument({ width, height }, `${title}, ${subtitle}`, all.join(''))
}

/** Breaks a text at its spaces into lines no wider than there is room for. */
function wrapped(text: string, width: number, measure: (text: string) => number): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : word
    if (lines.length > 0 && measure(longer) <= width) lines[lines.length - 1] = longer
    else lines.push(word)
  }
  return lines
}
