#!/usr/bin/env python3
"""The findings of ciiflow, worked out by DuckDB: something to measure against.

usage: peer_duckdb.py REGISTER OUT.csv [THREADS]

Reads REGISTER/parties.csv and REGISTER/relationships.csv under the pack beside this file, and writes the columns party,
obligation, status and tier of every finding, in any order. Takes registers as `cargo bench --bench growth -- generate`
writes them without --supports: canonical words, one country a cell, and `supports` that is all, none or blank.

What is true is 2, what is unknown 1 and what is false 0, so that "and" is the least and "or" the greatest. A row's three
grades of all obligations are the bits of one number. The walk is semi-naive: only what is new at a tier goes on from it.

Needs Python 3.11 and `pip install duckdb`.
"""

import sys
import time
import tomllib
from pathlib import Path

import duckdb

GRADES = ["applies", "conditional", "unconfirmed"]


class Laps:
    """Tells on standard error how long each stage took."""

    def __init__(self):
        self.since = time.perf_counter()

    def done(self, stage):
        now = time.perf_counter()
        print(f"{stage:<16} {now - self.since:8.3f} s", file=sys.stderr)
        self.since = now


class Pack:
    """A policy pack, its conditions as SQL."""

    def __init__(self, path):
        pack = tomllib.loads(path.read_text(encoding="utf-8"))
        self.facts = pack["fact"]
        self.origin = pack["origin"]
        self.obligations = pack["obligation"]
        if any("own" in obligation for obligation in self.obligations):
            sys.exit("this peer knows no duties of operators themselves")
        if len(GRADES) * len(self.obligations) > 30:
            sys.exit("this peer knows ten obligations at most")
        # `contains` finds words in a list only if none is a part of another.
        for name, fact in self.facts.items():
            words = fact.get("values", [])
            if fact["type"] == "set" and any(a != b and a in b for a in words for b in words):
                sys.exit(f"a value of {name} is part of another")

    def bit(self, grade, obligation):
        """The bit of an obligation at a grade."""
        return 1 << (grade * len(self.obligations) + obligation)

    def bits(self, obligation):
        """The bits of an obligation at all grades."""
        return sum(self.bit(grade, obligation) for grade in range(len(GRADES)))

    def condition(self, condition, alias):
        """Whether a condition holds for the row that goes by an alias."""
        parts = []
        for key, test in condition.items():
            if key in ("all", "any"):
                of = ", ".join(self.condition(part, alias) for part in test)
                parts.append(f"{'least' if key == 'all' else 'greatest'}({of})")
            elif key == "not":
                parts.append(f"(2 - {self.condition(test, alias)})")
            elif key in ("supplier", "customer"):
                parts.append(self.condition(test, key))
            else:
                parts.append(self.test(key, test, alias))
        if not parts:
            return "2"
        return parts[0] if len(parts) == 1 else f"least({', '.join(parts)})"

    def test(self, fact, test, alias):
        """Whether a fact passes a test."""
        cell, kind = f"{alias}.{fact}", self.facts[fact]["type"]
        if kind == "yes-no":
            yes, no = (2, 0) if test else (0, 2)
            return f"CASE {cell} WHEN 'yes' THEN {yes} WHEN 'no' THEN {no} ELSE 1 END"
        if kind == "countries":
            ((where, codes),) = test.items()
            inside, outside = (0, 2) if where == "outside" else (2, 0)
            return f"CASE WHEN {cell} = '' THEN 1 WHEN {is_in(cell, codes)} THEN {inside} ELSE {outside} END"
        words = [test] if isinstance(test, str) else test
        if kind == "choice":
            return f"CASE WHEN {cell} = '' THEN 1 WHEN {is_in(cell, words)} THEN 2 ELSE 0 END"
        if kind == "set":
            any_word = " OR ".join(f"contains({cell}, '{word}')" for word in words)
            return f"CASE WHEN {cell} = '' THEN 1 WHEN {any_word} THEN 2 ELSE 0 END"
        sys.exit(f"this peer knows no tests of {kind}")

    def mask(self, columns):
        """The bits of what the columns, one for each obligation, let pass: the true at every grade, the unknown at the last."""
        last = len(GRADES) - 1
        each = [
            f"CASE {column} WHEN 2 THEN {self.bits(i)} WHEN 1 THEN {self.bit(last, i)} ELSE 0 END"
            for i, column in enumerate(columns)
        ]
        return f"({' + '.join(each)})::INTEGER"


def is_in(cell, words):
    return f"{cell} IN ({', '.join(repr(word) for word in words)})"


def read(connection, register):
    """Makes the tables `parties` and `relationships`, every cell a text."""
    options = "header = true, all_varchar = true"
    parties, relationships = (f"{register}/{table}.csv" for table in ("parties", "relationships"))
    connection.execute(
        f"""CREATE TABLE parties AS SELECT row_number() OVER () AS number, *
            FROM (SELECT coalesce(COLUMNS(*), '') FROM read_csv('{parties}', {options}))"""
    )
    connection.execute(
        f"CREATE TABLE relationships AS SELECT coalesce(COLUMNS(*), '') FROM read_csv('{relationships}', {options})"
    )
    (named,) = connection.execute(
        "SELECT count(*) FROM relationships WHERE supports NOT IN ('all', 'none', '')"
    ).fetchone()
    if named:
        sys.exit(f"{named} rows name ids in `supports`; this peer knows all, none and blank")


def apply_rules(connection, pack):
    """Makes `edges` of what each relationship lets pass, and `operators` of what each operator starts."""
    conditions = []
    for i, obligation in enumerate(pack.obligations):
        direct = pack.condition(obligation["direct"]["when"], "relationship")
        onward = "0"
        if "onward" in obligation:
            onward = pack.condition(obligation["onward"]["when"], "relationship")
        conditions += [f"{direct} AS direct{i}", f"{onward} AS onward{i}"]
    count = range(len(pack.obligations))
    connection.execute(
        f"""CREATE TABLE edges AS
            SELECT source, target,
                   {pack.mask(f'direct{i}' for i in count)} AS direct,
                   {pack.mask(f'least(onward{i}, supports)' for i in count)} AS onward
            FROM (SELECT customer.number AS source, supplier.number AS target, {', '.join(conditions)},
                         CASE relationship.supports WHEN 'all' THEN 2 WHEN 'none' THEN 0 ELSE 1 END AS supports
                  FROM relationships AS relationship
                  JOIN parties AS customer ON customer.id = relationship.customer
                  JOIN parties AS supplier ON supplier.id = relationship.supplier)"""
    )
    starts = [pack.condition(obligation.get("origin", {}), "party") for obligation in pack.obligations]
    everything = sum(pack.bits(i) for i in count)
    sure = sum(pack.bit(0, i) for i in count)
    fact = f"party.{pack.origin['fact']}"
    potential = pack.origin.get("conditional", [])
    connection.execute(
        f"""CREATE TABLE operators AS
            SELECT number, ({pack.mask(starts)}
                   & CASE WHEN {is_in(fact, pack.origin['applies'])} THEN {everything} ELSE {everything - sure} END)::INTEGER AS bits
            FROM parties AS party
            WHERE {is_in(fact, pack.origin['applies'] + potential)}"""
    )


def walk(connection, pack):
    """Makes `found`: what arrives at a party, at the least tier. Gives the number of tiers."""
    connection.execute("CREATE TABLE found (number BIGINT, bits INTEGER, tier INTEGER)")
    connection.execute("CREATE TABLE seen (number BIGINT, bits INTEGER)")
    connection.execute("CREATE TABLE front AS SELECT * FROM operators")
    tier = 0
    while True:
        step = "direct" if tier == 0 else "onward"
        tier += 1
        within = sum(
            pack.bits(i) for i, obligation in enumerate(pack.obligations) if tier <= obligation.get("tiers", tier)
        )
        connection.execute(
            f"""CREATE OR REPLACE TABLE front AS
                SELECT number, (arrived.bits & ~coalesce(seen.bits, 0))::INTEGER AS bits
                FROM (SELECT target AS number, bit_or({step} & bits & {within}) AS bits
                      FROM front JOIN edges ON source = number GROUP BY target) AS arrived
                LEFT JOIN seen USING (number)
                WHERE arrived.bits & ~coalesce(seen.bits, 0) <> 0"""
        )
        if connection.execute("SELECT count(*) FROM front").fetchone() == (0,):
            return tier - 1
        connection.execute(f"INSERT INTO found SELECT number, bits, {tier} FROM front")
        connection.execute(
            """CREATE OR REPLACE TABLE seen AS
               SELECT number, bit_or(bits)::INTEGER AS bits
               FROM (SELECT * FROM seen UNION ALL SELECT * FROM front) GROUP BY number"""
        )


def write(connection, pack, out):
    """Writes for each party and obligation the strongest grade and its least tier."""
    count = range(len(pack.obligations))
    tiers = [
        f"min(tier) FILTER (bits & {pack.bit(grade, i)} <> 0) AS tier{grade}_{i}"
        for i in count
        for grade in range(len(GRADES))
    ]
    connection.execute(f"CREATE TABLE tiers AS SELECT number, {', '.join(tiers)} FROM found GROUP BY number")
    findings = []
    for i, obligation in enumerate(pack.obligations):
        columns = [f"tier{grade}_{i}" for grade in range(len(GRADES))]
        status = " ".join(f"WHEN {column} IS NOT NULL THEN '{word}'" for column, word in zip(columns, GRADES))
        tier = f"coalesce({', '.join(columns)})"
        findings.append(
            f"""SELECT number, '{obligation['id']}' AS obligation, CASE {status} END AS status, {tier} AS tier
                FROM tiers WHERE {tier} IS NOT NULL"""
        )
    connection.execute(
        f"""COPY (SELECT id AS party, obligation, status, tier
                  FROM ({' UNION ALL '.join(findings)}) JOIN parties USING (number))
            TO '{out}' (HEADER)"""
    )


def main():
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    laps = Laps()
    register, out = sys.argv[1:3]
    pack = Pack(Path(__file__).with_name("pack.toml"))
    connection = duckdb.connect()
    if len(sys.argv) == 4:
        connection.execute(f"SET threads = {int(sys.argv[3])}")
    connection.execute("SET preserve_insertion_order = false")
    read(connection, register)
    laps.done("reading")
    apply_rules(connection, pack)
    laps.done("rules")
    tiers = walk(connection, pack)
    laps.done(f"walk, {tiers} tiers")
    write(connection, pack, out)
    laps.done("findings")


if __name__ == "__main__":
    main()
