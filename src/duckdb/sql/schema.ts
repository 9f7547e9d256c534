/**
 * The star: dimensions, what has been loaded (parts), and the figures. Every row of figures belongs to a part,
 * and only the parts that a *_part table names are read, so that replacing one is a single statement.
 * A figure that is not shown is NaN, never NULL: a sum that forgot the status becomes NaN and not a wrong number.
 */
export const SCHEMA: readonly string[] = [
  `CREATE OR REPLACE TABLE area (
    area_index USMALLINT NOT NULL,
    id VARCHAR NOT NULL,
    level VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    parent VARCHAR
  )`,
  `CREATE OR REPLACE TABLE indicator (
    indicator_index USMALLINT NOT NULL,
    id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    class VARCHAR NOT NULL,
    measure VARCHAR NOT NULL
  )`,
  // kind_rank: the place in PERIOD_KINDS, shortest first. Days as the number YYYYMMDD, both included.
  `CREATE OR REPLACE TABLE period (
    period_index USMALLINT NOT NULL,
    code VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    kind_rank UTINYINT NOT NULL,
    first_day INTEGER NOT NULL,
    last_day INTEGER NOT NULL
  )`,
  `CREATE OR REPLACE TABLE incident_category (
    category_index USMALLINT NOT NULL,
    id VARCHAR NOT NULL,
    name VARCHAR NOT NULL
  )`,
  `CREATE OR REPLACE TABLE observation_part (
    part_index USMALLINT NOT NULL,
    indicator_index USMALLINT NOT NULL,
    level VARCHAR NOT NULL,
    release VARCHAR NOT NULL,
    PRIMARY KEY (indicator_index, level)
  )`,
  // cell: position in the table's columns (TableAxes). sex: place in SEXES. status: place in CELL_STATUSES.
  `CREATE OR REPLACE TABLE observation (
    part_index USMALLINT NOT NULL,
    cell INTEGER NOT NULL,
    sex UTINYINT NOT NULL,
    period_index USMALLINT NOT NULL,
    area_index USMALLINT NOT NULL,
    status UTINYINT NOT NULL,
    numerator DOUBLE NOT NULL,
    denominator DOUBLE NOT NULL,
    CHECK (status = 0 OR (isnan(numerator) AND isnan(denominator)))
  )`,
  `CREATE OR REPLACE TABLE incident_part (
    part_index USMALLINT NOT NULL,
    level VARCHAR NOT NULL PRIMARY KEY,
    release VARCHAR NOT NULL
  )`,
  `CREATE OR REPLACE TABLE incident (
    part_index USMALLINT NOT NULL,
    category_index USMALLINT NOT NULL,
    period_index USMALLINT NOT NULL,
    area_index USMALLINT NOT NULL,
    status UTINYINT NOT NULL,
    count DOUBLE NOT NULL,
    CHECK (status = 0 OR isnan(count))
  )`,
  // only_row: there is one set of hexagons.
  `CREATE OR REPLACE TABLE hexagon_part (
    only_row UTINYINT NOT NULL PRIMARY KEY CHECK (only_row = 0),
    part_index USMALLINT NOT NULL,
    release VARCHAR NOT NULL
  )`,
  `CREATE OR REPLACE TABLE hexagon (
    part_index USMALLINT NOT NULL,
    category_index USMALLINT NOT NULL,
    period_index USMALLINT NOT NULL,
    hexagon VARCHAR NOT NULL,
    count INTEGER NOT NULL
  )`,
]
