"""Asks the tools of SPDX, and the schemas that Syft brings, whether bills of materials are valid.

  pip install spdx-tools spdx-python-model jsonschema
  python3 scripts/validate-sboms.py FOLDER

FOLDER holds spdx/*.spdx.json, spdx3/*.json and syft/*.json, as test/sbom-validators.test.ts writes them, which also runs this. Exit
status: 0 all are valid, 1 some are not, 3 a tool is missing. Schemas are looked for in Go's module cache, where
`go mod download github.com/anchore/syft@latest` puts them; without them those checks are left out, and that is said.
"""
import glob, io, json, logging, os, pathlib, sys, warnings

warnings.filterwarnings('ignore')
try:
    import jsonschema
    import spdx_python_model
    from spdx_tools.spdx.parser.parse_anything import parse_file
    from spdx_tools.spdx.validation.document_validator import validate_full_spdx_document
except ImportError as error:
    print(f'missing: {error.name}; pip install spdx-tools spdx-python-model jsonschema')
    sys.exit(3)
logging.disable(logging.CRITICAL)


def spdx_faults(path):
    """What spdx-tools says of an SPDX 2.3 document."""
    return [message.validation_message for message in validate_full_spdx_document(parse_file(path))]


def spdx3_faults(path):
    """What SPDX's own model says: unknown properties and wrong values when reading, missing ones when writing."""
    model, objects = spdx_python_model.load(pathlib.Path(path))
    written = io.BytesIO()
    model.JSONLDSerializer().write(objects, written)
    entries = [len(document['@graph']) for document in (json.loads(written.getvalue()), json.load(open(path)))]
    lost = [] if entries[0] == entries[1] else [f'{entries[1]} entries became {entries[0]}']
    return [f'{name} leads nowhere' for name in objects.missing_ids] + lost


def schema_faults(schema):
    """What a JSON schema says."""
    validator = jsonschema.validators.validator_for(schema)(schema)
    return lambda path: [error.message for error in validator.iter_errors(json.load(open(path)))]


def check(what, files, faults_of):
    wrong = 0
    for path in files:
        try:
            faults = faults_of(path)
        except Exception as error:  # Each of the tools has its own ways to refuse a document.
            faults = [repr(error)]
        wrong += len(faults) > 0
        for fault in faults[:3]:
            print(f'{what}: {os.path.basename(path)}: {fault[:300]!r}')
    print(f'{what}: {len(files)} documents, {wrong} invalid')
    return wrong + (len(files) == 0)


def syft_schema(pattern):
    cache = os.environ.get('GOMODCACHE') or os.path.join(os.path.expanduser('~'), 'go', 'pkg', 'mod')
    found = sorted(glob.glob(os.path.join(cache, 'github.com', 'anchore', 'syft@*', 'schema', pattern)))
    return json.load(open(found[-1])) if found else None


folder = sys.argv[1]
documents = {name: sorted(glob.glob(os.path.join(folder, name, '*.json'))) for name in ('spdx', 'spdx3', 'syft')}
wrong = check('spdx-tools', documents['spdx'], spdx_faults)
wrong += check('spdx-python-model', documents['spdx3'], spdx3_faults)
for name, pattern in (('spdx', 'spdx-json/spdx-schema-2.3.json'), ('syft', 'json/schema-latest.json')):
    schema = syft_schema(pattern)
    if schema is None:
        print(f'JSON schema of {name}: not checked, no {pattern} in the module cache of Go')
    else:
        wrong += check(f'JSON schema of {name}', documents[name], schema_faults(schema))
sys.exit(1 if wrong else 0)
