{% macro data_folder() -%}
  {%- set stated = env_var('EVENTHUB_DATA_DIR', '') -%}
  {%- if stated == '~' or stated.startswith('~/') -%} {{ env_var('HOME', '') ~ stated[1:] }}
  {%- elif stated.startswith('~') or not stated.strip() -%} data
  {%- else -%} {{ stated }}
  {%- endif -%}
{%- endmacro %}
