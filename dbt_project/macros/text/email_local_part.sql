{#-
  How people make an e-mail address of their name, in one of the habits of share `email_habit`. `given` and `family` are names as name_letters leaves them.
-#}
{% macro email_local_part(given, family, habit) -%}
  case
    when {{ given }} = '' or {{ family }} = '' then {{ given }} || {{ family }}
    when {{ habit }} = 'initial_family' then substr({{ given }}, 1, 1) || {{ family }}
    when {{ habit }} = 'underscored' then {{ given }} || '_' || {{ family }}
    when {{ habit }} = 'family_first' then {{ family }} || '.' || {{ given }}
    when {{ habit }} = 'joined' then {{ given }} || {{ family }}
    when {{ habit }} = 'dotted' then {{ given }} || '.' || {{ family }}
  end
{%- endmacro %}
