{#-
  What a text may claim of rows, as regular expressions by name, for words whose slots stand empty: {} for a slot's value, {EVENT} for the event's title.
  Quoted for SQL.
-#}
{% macro claim_patterns() -%}
  {%- set month = '(?:January|February|March|April|May|June|July|August|September|October|November|December)' -%}
  {%- set some = '(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[0-9]+)' -%}
  {%- set event = '(?:event|show|concert|gig|game|match|class|workshop|play|performance|exhibition)' -%}
  {#- The event stands first in what is said of it: "the booking for it was cancelled" speaks of the booking. -#}
  {%- set event_was = "(?:\\{EVENT\\}|\\b(?:[Tt]he|[Tt]his|[Tt]hat|[Mm]y|[Yy]our|[Oo]ur) " ~ event ~ ")(?: (?:on|in|at|from) \\{\\})*"
    ~ "(?: (?:is|was|got|gets|been|has|had|just|now|already|indeed|suddenly|really|also|simply|all)|'s)+ " -%}
  {%- set patterns = {
    'amount': '\\$ ?[0-9]+(?:,[0-9]{3})*(?:\\.[0-9]+)?|\\b[0-9][0-9.,]* (?:dollars|bucks|USD)\\b',
    'id': '\\b(?:u|s|v|e|r|kb|t|m|h)_[0-9]+',
    'date': '\\b' ~ month ~ ' [0-9]{1,4}',
    'weekday': '\\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day',
    'time': '\\b[0-9]{1,2}(?::[0-9]{2})? ?[ap]m\\b',
    'count': '\\b([0-9]+) (?:tickets?|seats?|places?)\\b',
    'percent': '\\b([0-9]+) ?(?:percent\\b|%)',
    'span_ahead': '\\bin ' ~ some ~ ' (?:days?|weeks?|months?)\\b',
    'span_ago': '\\b' ~ some ~ ' (?:days?|weeks?|months?) ago\\b',
    'other_than_a_number': '\\$[0-9.,]+|[a-z]_[0-9]+|' ~ month ~ ' [0-9]+|[0-9:]+ ?[ap]m|\\bin [0-9]+ (?:days|weeks|months)|[0-9]+ (?:days|weeks|months) ago'
      ~ '|(?:^|\\s)\\+1\\b|\\b[0-9]FA\\b|(?i:\\b(?:error|status)(?: code)? [0-9]+\\b)'
      ~ '|(?i:\\b(?:iphone|ipad|ios|macos|android|windows|chrome|firefox|safari|edge|galaxy|pixel) ?[0-9]+(?:\\.[0-9]+)*\\b)',
    'number': '[0-9]+',
    'quote': '"[^"]*"|“[^”]*”|«[^»]*»|‘[^’]*’|(?:^|[ (])' ~ "'[A-Z{][^']*'",
    'hint_of_a_change': 'ancelled|anceled|off|happening|postponed|rescheduled|moved|over',
    'second_in_a_sentence': '\\b(?:for|of|to|about|with|at|from|on|in|cancel|cancell?ed) (?:(?:the|this|that|my|your|our) )?(?:\\{EVENT\\}|' ~ event ~ '\\b)',
    'sentence': '[^.!?\\n]+[.!?]*',
    'called_off': event_was ~ '(?:(?:the status )?cancell?ed|called off|off(?:[.,;:!]|$)|(?:no longer|not) happening(?:[.,;:!]| any ?more|$))',
    'over_or_moved': event_was ~ '(?:postponed|rescheduled|moved (?:to|back|up|forward)\\b|over(?:[.,;:!]| and\\b|$))',
    'not_stated': '(?i)\\?|\\b(?:if|whether|when|once|until|unless|in case|suppose|rumou?rs?|hear|heard|told|true|says?|said|would|could|might|should)\\b'
  } -%}
  {%- set quoted = {} -%}
  {%- for name, pattern in patterns.items() -%}
    {%- do quoted.update({name: "'" ~ pattern | replace("'", "''") ~ "'"}) -%}
  {%- endfor -%}
  {{ return(quoted) }}
{%- endmacro %}
