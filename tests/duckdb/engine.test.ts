import { tmpdir } from 'node:os'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { QueryError, type Columns, type Database } from '../../src/duckdb/database.ts'
import { openDatabase } from '../../src/duckdb/node.ts'

let database: Database
beforeAll(async () => {
  database = await openDatabase()
}, 60_000)
afterAll(() => database.close())

describe('the contract', () => {
  it('says which engine it is', () => {
    expect(database.version).toMatch(/^v1\.\d+\.\d+$/)
  })

  it('reads every kind of column, with NULL as NaN or null', async () => {
    const columns = await database.query<Columns>(`
      SELECT * FROM (VALUES
        (1::UTINYINT, 300::USMALLINT, -7::SMALLINT, -70000, 1.5::DOUBLE, 2.25, true, 'å', 5::BIGINT, 1),
        (2::UTINYINT, 400::USMALLINT, -8::SMALLINT, 70000, 'NaN'::DOUBLE, 0.5, false, NULL, 6::BIGINT, NULL)
      ) AS v(tiny, small, signed_small, whole, double, decimal, flag, word, big, gap)`)
    expect(columns).toEqual({
      tiny: Uint8Array.of(1, 2),
      small: Uint16Array.of(300, 400),
      signed_small: Int32Array.of(-7, -8),
      whole: Int32Array.of(-70000, 70000),
      double: Float64Array.of(1.5, NaN),
      decimal: Float64Array.of(2.25, 0.5),
      flag: Uint8Array.of(1, 0),
      word: ['å', null],
      big: Float64Array.of(5, 6),
      gap: Float64Array.of(1, NaN),
    })
  })

  it('gives empty columns for an empty result', async () => {
    const { n, word } = await database.query<{ n: Int32Array; word: string[] }>(
      "SELECT 1 AS n, 'a' AS word WHERE false",
    )
    expect(n).toEqual(new Int32Array(0))
    expect(word).toEqual([])
  })

  it('appends columns that lie in one buffer, or are the same array twice', async () => {
    await database.query('CREATE TABLE shared (a DOUBLE, b DOUBLE, c DOUBLE)')
    const buffer = Float64Array.of(1, 2, 3, 4, 5, 6)
    const [first, second] = [buffer.subarray(0, 3), buffer.subarray(3)]
    await database.insert('shared', { a: first, b: second, c: first })
    await database.insert('shared', { a: second, b: first, c: second })
    expect(await database.query('FROM shared ORDER BY a')).toEqual({
      a: Float64Array.of(1, 2, 3, 4, 5, 6),
      b: Float64Array.of(4, 5, 6, 1, 2, 3),
      c: Float64Array.of(1, 2, 3, 4, 5, 6),
    })
  })

  it('leaves the inserted columns as they were', async () => {
    await database.query('CREATE TABLE kept (a DOUBLE)')
    const column = Float64Array.of(1, 2, 3)
    await database.insert('kept', { a: column })
    expect(column).toEqual(Float64Array.of(1, 2, 3))
  })

  it('refuses columns of different lengths', async () => {
    await expect(
      database.insert('kept', { a: Float64Array.of(1), b: Float64Array.of(1, 2) }),
    ).rejects.toThrow(RangeError)
  })

  it('names the statement that failed', async () => {
    const sql = 'SELECT nothing FROM nowhere'
    const error = await database.query(sql).then(
      () => null,
      (fault: unknown) => fault,
    )
    expect(error).toBeInstanceOf(QueryError)
    expect(error).toMatchObject({ sql, code: 'query-failed' })
    expect((error as QueryError).cause).toBeInstanceOf(Error)
    await expect(database.insert('nowhere', { a: Float64Array.of(1) })).rejects.toBeInstanceOf(
      QueryError,
    )
  })

  it('still answers after a failure', async () => {
    await database.query('SELECT * FROM nowhere').catch(() => undefined)
    expect(await database.query('SELECT 1 AS n')).toEqual({ n: Int32Array.of(1) })
  })
})

describe('the lockdown', () => {
  const file = fileURLToPath(import.meta.url)
  const output = join(tmpdir(), `lageskartan-lockdown-${process.pid}.csv`)

  it.each([
    ['reading a file', `SELECT * FROM read_csv('${file}')`],
    ['reading a file as text', `SELECT * FROM read_text('${file}')`],
    ['listing files', `SELECT * FROM glob('/*')`],
    ['reading an address', `SELECT * FROM read_csv('http://127.0.0.1:9/x.csv')`],
    ['writing a file', `COPY (SELECT 1) TO '${output}'`],
    ['attaching a database', `ATTACH '${output}'`],
    ['loading an extension', 'LOAD json'],
    ['changing a setting', 'SET threads = 2'],
    ['turning access on', 'SET enable_external_access = true'],
    ['turning extensions on', 'SET autoload_known_extensions = true'],
    ['unlocking', 'SET lock_configuration = false'],
    ['resetting the lock', 'RESET lock_configuration'],
  ])('refuses %s', async (_, sql) => {
    await expect(database.query(sql)).rejects.toBeInstanceOf(QueryError)
    expect(existsSync(output)).toBe(false)
  })

  it('brings in no extension even when asked to install one', async () => {
    await database.query('INSTALL json').catch(() => undefined)
    await expect(database.query(`SELECT json_extract('{"a":1}', 'a')`)).rejects.toBeInstanceOf(
      QueryError,
    )
  })

  it('refuses two statements in one', async () => {
    await expect(database.query('SELECT 1; SELECT 2')).rejects.toBeInstanceOf(QueryError)
  })
})
