{#-
  Stops a build that asks for more rows than numbers, lines and draws reach, before any model is made: counts that are asked for, and those that grow with them.
  The plugin workspace has looked at each var alone; an engine without it has its counts looked at here.
-#}
{% macro require_reachable() -%}
  {%- if execute and flags.WHICH in ('build', 'run') -%}
    {%- for problem in unreachable_counts() -%}
      {%- do exceptions.raise_compiler_error(problem) -%}
    {%- endfor -%}
  {%- endif -%}
{%- endmacro %}

{#- One line for each count that is out of reach. -#}
{% macro unreachable_counts() -%}
  {%- set problems = [] -%}
  {%- set past_months = var('past_months') | int -%}
  {%- for entity in ['users', 'venues', 'events', 'reservations', 'kb_articles', 'tickets'] -%}
    {%- set stated = var(entity, none) -%}
    {%- set digits = (stated | string).removesuffix('.0') -%}
    {%- if stated is not none and not (digits.isdigit() and digits | int <= most_rows(entity) | int) -%}
      {%- do problems.append('var ' ~ entity ~ ' must be a whole number, 0 or more and at most ' ~ most_rows(entity) ~ '. Got ' ~ stated) -%}
    {%- endif -%}
  {%- endfor -%}
  {%- if not problems -%}
    {%- set reservations = var('reservations', none) or 0 | int -%}
    {%- set events = (var('events', none) or (reservations | int) // (var('reservations_per_event') | int)) | int -%}
    {%- set venues = (var('venues', none) or events // (var('events_per_venue') | int)) | int -%}
    {%- set grown = [
      ('events', events + events * past_months // 6, 'Ask for fewer events or past_months, or for more reservations_per_event'),
      ('venues', venues, 'Ask for fewer venues, or for more events_per_venue'),
      ('past reservations', (reservations | int) * past_months // 6, 'Ask for fewer reservations or past_months'),
    ] -%}
    {%- for entity, count, advice in grown if count > most_rows(entity) | int -%}
      {%- do problems.append('the vars ask for ' ~ count ~ ' ' ~ entity ~ '; one build reaches ' ~ most_rows(entity) ~ '. ' ~ advice) -%}
    {%- endfor -%}
  {%- endif -%}
  {{ return(problems) }}
{%- endmacro %}
