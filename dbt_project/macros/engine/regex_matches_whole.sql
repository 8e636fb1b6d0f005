{% macro regex_matches_whole(text, pattern) -%}
  {{ adapter.dispatch('regex_matches_whole')(text, pattern) }}
{%- endmacro %}

{% macro default__regex_matches_whole(text, pattern) -%}
  regexp_full_match({{ text }}, {{ regex(pattern) }})
{%- endmacro %}

{% macro spark__regex_matches_whole(text, pattern) -%}
  regexp_like({{ text }}, {{ regex('\\A(?:' ~ pattern ~ ')\\z') }})
{%- endmacro %}
