{#-
  An e-mail address of a grown user, unique by the number it ends in, in one of four habits and under one of three reserved domains. `given` and `family` are
  names as email_letters leaves them; `habit` and `domain` are columns, since within a case a draw would be computed again for every branch.
-#}
{% macro grown_email(given, family, number, habit, domain) -%}
  case {{ habit }}
    when 0 then {{ given }} || '.' || {{ family }}
    when 1 then substr({{ given }}, 1, 1) || {{ family }}
    when 2 then {{ given }} || '_' || {{ family }}
    else {{ family }} || '.' || {{ given }}
  end || {{ number }} || case {{ domain }}
    when 0 then '@mail.example.com' when 1 then '@mail.example.org' else '@mail.example.net' end
{%- endmacro %}
