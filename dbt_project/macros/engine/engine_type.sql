{% macro engine_type(type) -%}
  {{ adapter.dispatch('engine_type')(type) }}
{%- endmacro %}

{% macro default__engine_type(type) -%}
  {{ type }}
{%- endmacro %}

{% macro spark__engine_type(type) -%}
  {%- set re = modules.re -%}
  {%- set plain = re.sub('varchar|text|json', 'string', re.sub('^timestamp$', 'timestamp_ntz', type | lower)) -%}
  {%- set structs = re.sub('struct *\\(([^()]*)\\)', 'struct<\\1>', re.sub('map *\\(([^()]*)\\)', 'map<\\1>', plain)) -%}
  {%- set fields = re.sub('(?<=[<,])( *[a-z_]+) (?=[a-z])', '\\1: ', structs) if 'struct' in structs else structs -%}
  {{ re.sub('^(.*)\\[\\]$', 'array<\\1>', fields) }}
{%- endmacro %}
