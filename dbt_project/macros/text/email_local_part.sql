{#-
  How people make an e-mail address of their name, in one of five habits. `given` and `family` are names as name_letters leaves them; `habit` is a column,
  since within a case a draw would be computed again for every branch.
-#}
{% macro email_local_part(given, family, habit) -%}
  case
    when {{ given }} = '' or {{ family }} = '' then {{ given }} || {{ family }}
    when {{ habit }} = 1 then substr({{ given }}, 1, 1) || {{ family }}
    when {{ habit }} = 2 then {{ given }} || '_' || {{ family }}
    when {{ habit }} = 3 then {{ family }} || '.' || {{ given }}
    when {{ habit }} = 4 then {{ given }} || {{ family }}
    else {{ given }} || '.' || {{ family }}
  end
{%- endmacro %}
