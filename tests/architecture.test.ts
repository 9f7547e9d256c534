import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, normalize, sep } from 'node:path'
import { parse as parseSvelte } from 'svelte/compiler'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

/**
 * Imports point one way: `ui, map → app → files, duckdb, solver, storage, exports → charts → views → text, core`. A folder
 * may import itself and any layer below its own, never a folder beside it.
 */
const LAYERS: readonly (readonly string[])[] = [
  ['core'],
  ['text'],
  ['views'],
  ['charts'],
  ['files', 'duckdb', 'solver', 'storage', 'exports', 'service-worker'],
  ['app'],
  ['map'],
  ['ui'],
]

const FOLDERS = LAYERS.flat()

const mayImport = (folder: string, target: string): boolean =>
  folder === target || (layerOf(target) >= 0 && layerOf(target) < layerOf(folder))

const layerOf = (folder: string): number => LAYERS.findIndex((layer) => layer.includes(folder))

/** Folders without a browser: plain TypeScript that also runs in Node and in a worker. */
const PURE = ['core', 'text', 'views', 'charts']

/** Packages that pure folders may use: arithmetic, geometry and types, nothing that needs a DOM. */
const PURE_PACKAGES =
  /^(simple-statistics|@stdlib\/stats-base-dists-[a-z-]+|d3-(array|format|geo|interpolate|path|scale|shape|time)|topojson-(client|specification)|geojson|polylabel|@noble\/hashes(\/.*)?)$/

/** Each foreign engine is spoken to in one folder. */
const ONE_SPEAKER: readonly (readonly [RegExp, string])[] = [
  [/^@duckdb\//, 'duckdb'],
  [/^(maplibre-gl|@deck\.gl|@luma\.gl)(\/|$)/, 'map'],
]

const SWEDISH_LETTER = /[åäöÅÄÖ]/

/** Column headings of Swedish sources, as the readers of files have to know them. */
const COLUMN_HEADING = /^[a-zåäö_]+$/

interface Source {
  /** Relative to src, with "/". */
  readonly path: string
  readonly folder: string
  readonly text: string
  /** The script alone: of a component, its script elements. */
  readonly script: string
  readonly tree: ts.SourceFile
}

const sources: readonly Source[] = listFiles('src')
  .filter((path) => /\.(ts|svelte)$/.test(path))
  .map((path) => {
    const text = readFileSync(path, 'utf8')
    const script = path.endsWith('.svelte') ? scriptsOf(text) : text
    const relative = path.split(sep).slice(1).join('/')
    return {
      path: relative,
      folder: relative.includes('/') ? relative.slice(0, relative.indexOf('/')) : '',
      text,
      script,
      tree: ts.createSourceFile(relative, script, ts.ScriptTarget.ES2023, true),
    }
  })

describe('the architecture', () => {
  it('knows every folder of src', () => {
    const folders = new Set(sources.map(({ folder }) => folder).filter((folder) => folder !== ''))
    for (const folder of folders) expect(FOLDERS).toContain(folder)
    expect(folders).toContain('core')
  })

  it('lets only main.ts lie beside the folders', () => {
    expect(sources.filter(({ folder }) => folder === '').map(({ path }) => path)).toEqual([
      'main.ts',
    ])
  })

  it('imports one way', () => {
    const wrong = sources
      .filter(({ folder }) => folder !== '')
      .flatMap(({ path, folder, tree }) =>
        importsOf(tree)
          .filter(isRelative)
          .map((specifier) => targetFolder(path, specifier))
          .filter((target) => !mayImport(folder, target))
          .map((target) => `${path} → ${target === '' ? 'outside its folder' : target}`),
      )
    expect(wrong).toEqual([])
  })

  it('lets the app share only its messages with the service worker', () => {
    const shared = sources
      .filter(({ folder }) => folder !== 'service-worker')
      .flatMap(({ tree }) => importsOf(tree))
      .filter((specifier) => specifier.includes('service-worker/'))
      .map((specifier) => specifier.split('/').at(-1))
    expect(new Set(shared)).toEqual(new Set(['protocol.ts']))
  })

  it('is imported with full file names', () => {
    const wrong = sources.flatMap(({ path, tree }) =>
      importsOf(tree)
        .filter(isRelative)
        .filter((specifier) => !/\.(ts|svelte|css|json|sql|csv)(\?\w+)*$/.test(specifier))
        .map((specifier) => `${path} → ${specifier}`),
    )
    expect(wrong).toEqual([])
  })

  it('keeps components and packages that need a browser out of the pure folders', () => {
    const wrong = sources
      .filter(({ folder }) => PURE.includes(folder))
      .flatMap(({ path, tree }) => [
        ...(path.includes('.svelte') ? [path] : []),
        ...importsOf(tree)
          .filter((specifier) => !isRelative(specifier) && !PURE_PACKAGES.test(specifier))
          .map((specifier) => `${path} → ${specifier}`),
      ])
    expect(wrong).toEqual([])
  })

  it('keeps the DOM out of the pure folders', () => {
    const browserOnly =
      /^(document|window|navigator|localStorage|sessionStorage|indexedDB|fetch|caches|history|location|HTMLElement|SVGElement|Worker|Blob|Image)$/
    const wrong = sources
      .filter(({ folder }) => PURE.includes(folder))
      .flatMap(({ path, tree }) =>
        globalNamesOf(tree)
          .filter((name) => browserOnly.test(name))
          .map((name) => `${path}: ${name}`),
      )
    expect(wrong).toEqual([])
  })

  it('speaks to each engine in one folder', () => {
    const wrong = sources.flatMap(({ path, folder, tree }) =>
      importsOf(tree).flatMap((specifier) =>
        ONE_SPEAKER.filter(([engine, speaker]) => engine.test(specifier) && folder !== speaker).map(
          () => `${path} → ${specifier}`,
        ),
      ),
    )
    expect(wrong).toEqual([])
  })

  it('has its Swedish in text alone', () => {
    const wrong = sources
      .filter(({ folder }) => folder !== 'text')
      .flatMap(({ path, folder, text, tree }) =>
        [...stringsOf(tree), ...(path.endsWith('.svelte') ? markupTextsOf(text) : [])]
          .filter((string) => SWEDISH_LETTER.test(string))
          .filter((string) => !(folder === 'files' && COLUMN_HEADING.test(string)))
          .map((string) => `${path}: ${string.trim().slice(0, 60)}`),
      )
    expect(wrong).toEqual([])
  })

  it('asks no other host for anything', () => {
    const wrong = sources.flatMap(({ path, tree }) =>
      requestsOf(tree).map((request) => `${path}: ${request}`),
    )
    expect(wrong).toEqual([])
  })

  it('makes released figures in the gate alone', () => {
    const released = /^(readonly )?Disclosed[A-Z]\w*(\[\])?$/
    const wrong = sources
      .filter(({ path }) => !path.startsWith('core/disclosure/'))
      .flatMap(({ path, tree }) =>
        assertedTypesOf(tree)
          .filter((type) => released.test(type))
          .map((type) => `${path}: as ${type}`),
      )
    expect(wrong).toEqual([])
  })

  it('has names in kebab case, components in Pascal case', () => {
    const wrong = sources
      .map(({ path }) => path.split('/').at(-1) ?? '')
      .filter(
        (name) =>
          !/^[a-z0-9]+(-[a-z0-9]+)*(\.svelte|\.d)?\.ts$/.test(name) &&
          !/^([A-Z][a-z0-9]*)+\.svelte$/.test(name),
      )
    expect(wrong).toEqual([])
  })
})

describe('the tests', () => {
  it('mirror the folders of src', () => {
    const own = ['e2e', 'oracles', 'support', 'golden', 'scripts', 'data', 'fixtures']
    const folders = readdirSync('tests').filter((name) =>
      statSync(join('tests', name)).isDirectory(),
    )
    for (const folder of folders) expect([...FOLDERS, ...own]).toContain(folder)
  })
})

/** What the checks themselves see, so that a rule cannot pass by being blind. */
describe('the checks', () => {
  const tree = (text: string) => ts.createSourceFile('a.ts', text, ts.ScriptTarget.ES2023, true)

  it('see the direction of an import', () => {
    expect(mayImport('ui', 'core')).toBe(true)
    expect(mayImport('core', 'core')).toBe(true)
    for (const [folder, target] of [
      ['core', 'text'],
      ['files', 'duckdb'],
      ['exports', 'ui'],
      ['app', 'map'],
      ['ui', ''],
    ] as const)
      expect(mayImport(folder, target)).toBe(false)
  })

  it('see imports of every form', () => {
    const text = `import a from './a.ts'
      import type { B } from './b.ts'
      export { c } from './c.ts'
      const d = () => import('./d.ts')
      type E = import('./e.ts').E`
    expect(importsOf(tree(text))).toEqual(['./a.ts', './b.ts', './c.ts', './d.ts', './e.ts'])
  })

  it('see requests to other hosts, and not those to their own', () => {
    const text = `fetch('https://a.se/x'); new WebSocket(\`wss://\${host}\`); navigator.sendBeacon('//b.se')
      fetch('package/index.json'); open; new Worker(new URL('http://c.se/w.js')); fetch(new URL('./x', base))`
    expect(requestsOf(tree(text))).toHaveLength(4)
  })

  it('see words in templates and markup, and not in comments or code', () => {
    expect(
      stringsOf(tree("// åäö\nconst a = 'Område'; const b = `Ö${a}ä`; /å/")).filter((text) =>
        SWEDISH_LETTER.test(text),
      ),
    ).toEqual(['Område', 'Ö', 'ä'])
    const component = `<script lang="ts">const a = 'x'</script>
      <!-- å --><p title="Å" class={a}>Hej <b>där</b> {a}{'ö'}</p><style>/* ä */</style>`
    expect(markupTextsOf(component).filter((text) => SWEDISH_LETTER.test(text))).toEqual([
      'Å',
      'där',
      'ö',
    ])
  })

  it('see names of the browser, and not properties or own variables', () => {
    const text = `document.title; const window = 1; window; a.fetch; const b = { location: 2 }
      interface C { history: string }`
    expect(globalNamesOf(tree(text))).toEqual(expect.arrayContaining(['document']))
    expect(globalNamesOf(tree(text))).not.toEqual(expect.arrayContaining(['fetch']))
    expect(globalNamesOf(tree(text))).not.toEqual(expect.arrayContaining(['location']))
    expect(globalNamesOf(tree(text))).not.toEqual(expect.arrayContaining(['history']))
    expect(globalNamesOf(tree(text))).not.toEqual(expect.arrayContaining(['window']))
  })

  it('see assertions of both forms', () => {
    expect(assertedTypesOf(tree('a as DisclosedTable; b satisfies C; <D>e'))).toEqual([
      'DisclosedTable',
      'D',
    ])
  })
})

function listFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) =>
      entry.isDirectory() ? listFiles(join(folder, entry.name)) : [join(folder, entry.name)],
    )
    .sort()
}

const isRelative = (specifier: string): boolean => specifier.startsWith('.')

function targetFolder(path: string, specifier: string): string {
  const target = normalize(join(dirname(path), specifier))
    .split(sep)
    .join('/')
  return target.startsWith('../') || !target.includes('/')
    ? ''
    : target.slice(0, target.indexOf('/'))
}

function scriptsOf(component: string): string {
  return [...component.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)]
    .map((match) => match[1] ?? '')
    .join('\n')
}

function nodesOf(tree: ts.SourceFile): ts.Node[] {
  const nodes: ts.Node[] = []
  const visit = (node: ts.Node): void => {
    nodes.push(node)
    ts.forEachChild(node, visit)
  }
  visit(tree)
  return nodes
}

function importsOf(tree: ts.SourceFile): string[] {
  return nodesOf(tree).flatMap((node) => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier)
      return ts.isStringLiteral(node.moduleSpecifier) ? [node.moduleSpecifier.text] : []
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      return node.arguments.filter(ts.isStringLiteralLike).map(({ text }) => text)
    if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
      return ts.isStringLiteral(node.argument.literal) ? [node.argument.literal.text] : []
    return []
  })
}

function stringsOf(tree: ts.SourceFile): string[] {
  return nodesOf(tree).flatMap((node) =>
    ts.isStringLiteralLike(node) ||
    ts.isTemplateHead(node) ||
    ts.isTemplateMiddle(node) ||
    ts.isTemplateTail(node)
      ? [node.text]
      : [],
  )
}

/** Text, attribute values and strings in expressions of a component's markup. */
function markupTextsOf(component: string): string[] {
  const texts: string[] = []
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) visit(item)
    else if (typeof value === 'object' && value !== null) {
      if ('type' in value && value.type === 'Comment') return
      if ('type' in value && 'data' in value && value.type === 'Text')
        texts.push(String(value.data))
      else if ('type' in value && 'value' in value && value.type === 'Literal')
        texts.push(String(value.value))
      else if ('type' in value && 'value' in value && value.type === 'TemplateElement')
        visitTemplate(value.value)
      else
        for (const [key, child] of Object.entries(value))
          if (key !== 'instance' && key !== 'module' && key !== 'css' && key !== 'comments')
            visit(child)
    }
  }
  const visitTemplate = (value: unknown): void => {
    if (typeof value === 'object' && value !== null && 'raw' in value) texts.push(String(value.raw))
  }
  visit(parseSvelte(component, { modern: true }).fragment)
  return texts
}

const REQUESTERS =
  /^(fetch|WebSocket|EventSource|Worker|SharedWorker|sendBeacon|importScripts|open|Request|URL)$/

/** Calls that would speak to another host, by an absolute address; XMLHttpRequest in any form. */
function requestsOf(tree: ts.SourceFile): string[] {
  return nodesOf(tree).flatMap((node) => {
    if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return []
    const callee = node.expression
    const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText()
    if (name === 'XMLHttpRequest') return [node.getText()]
    const argument = node.arguments?.[0]
    if (!REQUESTERS.test(name) || !argument) return []
    const text = ts.isStringLiteralLike(argument)
      ? argument.text
      : ts.isTemplateExpression(argument)
        ? argument.head.text
        : ''
    return /^((https?|wss?):|\/\/)/.test(text) ? [node.getText()] : []
  })
}

/** Names that are used as values without being declared in the file. */
function globalNamesOf(tree: ts.SourceFile): string[] {
  const nodes = nodesOf(tree)
  const declared = new Set(
    nodes.flatMap((node) =>
      (ts.isVariableDeclaration(node) ||
        ts.isParameter(node) ||
        ts.isBindingElement(node) ||
        ts.isFunctionDeclaration(node) ||
        ts.isClassDeclaration(node) ||
        ts.isImportSpecifier(node)) &&
      node.name &&
      ts.isIdentifier(node.name)
        ? [node.name.text]
        : [],
    ),
  )
  return nodes
    .filter(ts.isIdentifier)
    .filter(({ parent }) => parent !== undefined)
    .filter((node) => {
      const { parent } = node
      if (ts.isPropertyAccessExpression(parent)) return parent.expression === node
      if (ts.isPropertyAssignment(parent)) return parent.initializer === node
      return !(
        ts.isPropertySignature(parent) ||
        ts.isPropertyDeclaration(parent) ||
        ts.isMethodSignature(parent) ||
        ts.isMethodDeclaration(parent) ||
        ts.isBindingElement(parent) ||
        ts.isQualifiedName(parent)
      )
    })
    .map(({ text }) => text)
    .filter((name) => !declared.has(name))
}

function assertedTypesOf(tree: ts.SourceFile): string[] {
  return nodesOf(tree).flatMap((node) =>
    ts.isAsExpression(node) || ts.isTypeAssertionExpression(node)
      ? [node.type.getText().replace(/\s+/g, ' ')]
      : [],
  )
}
