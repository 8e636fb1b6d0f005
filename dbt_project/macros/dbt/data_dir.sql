{% macro data_dir() -%}
  {{ env_var('EVENTHUB_DATA_DIR', 'data') }}
{%- endmacro %}
