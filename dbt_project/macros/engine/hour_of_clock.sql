{% macro hour_of_clock(text) -%}
  {{ adapter.dispatch('hour_of_clock')(text) }}
{%- endmacro %}

{% macro default__hour_of_clock(text) -%}
  hour(try_strptime({{ text }}, '%-I %p'))
{%- endmacro %}

{% macro spark__hour_of_clock(text) -%}
  (try_cast(split_part({{ text }}, ' ', 1) as bigint) % 12 + case lower(split_part({{ text }}, ' ', 2)) when 'am' then 0 when 'pm' then 12 end)
{%- endmacro %}
