"""Makes src/base/testdata/cvss.txt: CVSS vectors with the score that CVE records (CISA's vulnrichment, CC0) give them.

Usage, from the repository's root: python3 scripts/corpora/cvss.py vulnrichment.tar.gz
"""
import collections, json, pathlib, sys, tarfile

OUT = pathlib.Path('src/base/testdata/cvss.txt')


def metrics(value):
    """Every cvssV* object of a record, at any depth."""
    if isinstance(value, list):
        for item in value:
            yield from metrics(item)
    if isinstance(value, dict):
        for key, item in value.items():
            if key.startswith('cvssV') and isinstance(item, dict):
                yield key, item
            else:
                yield from metrics(item)


def main() -> None:
    scores = collections.defaultdict(collections.Counter)
    with tarfile.open(sys.argv[1]) as archive:
        for member in archive:
            if member.name.endswith('.json'):
                for key, item in metrics(json.load(archive.extractfile(member))):
                    if 'vectorString' in item and 'baseScore' in item:
                        scores[key, item['vectorString']][item['baseScore']] += 1
    # Publishers err: one in sixty vectors of CVSS 3 has a wrong score somewhere. So all records must agree, for CVSS 3 at
    # least two; and some publish the temporal score as the base score.
    rows = sorted(
        (vector, next(iter(counts)))
        for (key, vector), counts in scores.items()
        if len(counts) == 1 and (key in ('cvssV2_0', 'cvssV4_0') or counts.total() > 1 and '/E:' not in vector)
    )
    with OUT.open('w') as out:
        print('# CVSS vectors and their base scores, as CVE records give them. Made by scripts/corpora/cvss.py.', file=out)
        for vector, score in rows:
            print(f'{score:.1f} {vector}', file=out)
    print(len(rows), 'vectors')


main()
