{#- What is left of a name where accents, case and all but letters count for nothing; an e-mail address is made of it. -#}
{% macro name_letters(name) -%}
  regexp_replace(lower(strip_accents({{ name }})), '[^a-z]', '', 'g')
{%- endmacro %}
