"""croissant.json: files, records, keys and responsible use of a folder of Parquet, as Croissant 1.1 (MLCommons)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from export import license as data_license
from export.entity_files import EntityFile

VERSION = "http://mlcommons.org/croissant/1.1"
RAI = "http://mlcommons.org/croissant/RAI/1.0"
PARQUET = "application/x-parquet"

# As the specification prints it; readers warn where a name is missing.
CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "arrayShape": "cr:arrayShape",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "containedIn": "cr:containedIn",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "description": {"@container": "@language"},
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isArray": "cr:isArray",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "name": {"@container": "@language"},
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}

# Type of a field in datapackage.json → type in schema.org
TYPES = {
    "string": "sc:Text",
    "integer": "sc:Integer",
    "number": "sc:Float",
    "boolean": "sc:Boolean",
    "date": "sc:Date",
    "datetime": "sc:DateTime",
    "array": "sc:Text",
    "object": "sc:Text",
}

RESPONSIBLE_USE: dict[str, Any] = {
    "rai:dataCollection": "Nothing was collected. Texts were written by a language model or by hand; rows are computed"
    " by SQL from shares, ranges and rules that stand in the project as CSV files.",
    "rai:dataCollectionType": ["Synthetic"],
    "rai:dataPreprocessingProtocol": [
        "Texts name slots such as {event_title}; SQL fills each from the row that the text is linked to."
    ],
    "rai:dataAnnotationProtocol": [
        "Labels are computed from the rows and from the scenario that a text was written for; no person has labelled."
    ],
    "rai:machineAnnotationTools": ["dbt models of the project, each label checked by a rule that restates it"],
    "rai:dataBiases": [
        "Shapes are assumptions: real members book and complain otherwise. English only, one metropolitan area;"
        " names are drawn from lists by culture."
    ],
    "rai:dataUseCases": [
        "To build, train and evaluate customer-support agents, retrieval and SQL agents; to teach and to demonstrate."
    ],
    "rai:dataLimitations": [
        "Not to learn how people really behave, and not alone to train a model that will meet real customers."
    ],
    "rai:dataSocialImpact": "No person can be harmed by a leak of these data. A model that is good here may not be good"
    " with real members.",
    "rai:personalSensitiveInformation": [
        "None. No row is about a person; e-mail addresses end in reserved domains, phone numbers are fictitious."
    ],
    "rai:dataReleaseMaintenancePlan": "Each build is a release: the same content, seed and day give the same bytes.",
}


@dataclass(frozen=True, kw_only=True)
class HubFile:
    """A file of the folder.

    Attributes:
        path: relative to the folder.
        sha256: of its bytes.
        media_type: how it is encoded.
        byte_count: its size.
    """

    path: str
    sha256: str
    media_type: str
    byte_count: int


def build_croissant(
    fields: Mapping[EntityFile, Sequence[Mapping[str, str]]],
    descriptions: Mapping[EntityFile, str],
    files: Sequence[HubFile],
    about: Mapping[str, str],
) -> dict[str, Any]:
    """Return the descriptor; it holds no moment of its making, so equal files have equal ones.

    Args:
        fields: of each table, as datapackage.json has them.
        descriptions: what a row of each table is.
        files: all of the folder.
        about: name, version and as_of of the data set.
    """
    return {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": [VERSION, RAI],
        "name": about["name"],
        "description": "A ticketing club and its help desk: members, events, bookings, articles, tickets with their"
        f" conversations, and the answer key. All of it made up. {data_license.SENTENCE}",
        "license": data_license.URL,
        "version": about["version"],
        "datePublished": about["as_of"],
        "citeAs": data_license.ATTRIBUTION,
        "creator": {"@type": "sc:Organization", "name": "EventHub data"},
        "inLanguage": "en",
        "keywords": ["synthetic data", "customer support", "agents", "retrieval", "text-to-SQL"],
        "isLiveDataset": False,
        **RESPONSIBLE_USE,
        "distribution": [*map(_describe_file, files), *map(_describe_file_set, fields)],
        "recordSet": [_describe_table(table, fields[table], descriptions[table]) for table in fields],
    }


def _describe_file(file: HubFile) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": file.path,
        "name": file.path,
        "contentUrl": file.path,
        "contentSize": f"{file.byte_count} B",
        "encodingFormat": file.media_type,
        "sha256": file.sha256,
    }


def _describe_file_set(table: EntityFile) -> dict[str, Any]:
    return {
        "@type": "cr:FileSet",
        "@id": f"files-of-{table.name}",
        "name": f"files-of-{table.name}",
        "encodingFormat": PARQUET,
        "includes": f"data/{table.name}/*.parquet",
    }


def _describe_table(table: EntityFile, fields: Sequence[Mapping[str, str]], description: str) -> dict[str, Any]:
    # To the file of the parent: readers cannot follow a reference to a record that has references of its own.
    references = {column: _locate(parent, key) for column, parent, key in table.foreign_keys}
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": description,
        "key": {"@id": f"{table.name}/{table.keys[0]}"},
        "field": [_describe_field(table, field, references.get(field["name"])) for field in fields],
    }


def _describe_field(table: EntityFile, field: Mapping[str, str], reference: dict[str, Any] | None) -> dict[str, Any]:
    described: dict[str, Any] = {
        "@type": "cr:Field",
        "@id": f"{table.name}/{field['name']}",
        "name": field["name"],
        "description": field["description"],
        "dataType": TYPES[field["type"]],
        "source": _locate(table.name, field["name"]),
    }
    if field["type"] == "array":
        described |= {"isArray": True, "arrayShape": "-1"}
    if reference:
        described["references"] = reference
    return described


def _locate(table: str, column: str) -> dict[str, Any]:
    return {"fileSet": {"@id": f"files-of-{table}"}, "extract": {"column": column}}
