{#- What an e-mail address keeps of a name: plain letters in lower case. -#}
{% macro email_letters(name) -%}
  regexp_replace(lower(strip_accents({{ name }})), '[^a-z]', '', 'g')
{%- endmacro %}
