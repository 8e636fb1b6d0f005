-- What customers write, as it landed. Landings of an older extract have neither mood, question, kind of event nor length: then the mood is the one that the tone had, and
-- support asks back in words that fit all.
with

landed as (

    {{ with_columns(source('raw', 'tickets'), ['mood', 'question', 'length', 'event_kind']) }}

)

select
    landed.position as ticket_number,
    landed.category,
    landed.scenario,
    landed.tone,
    coalesce(nullif(landed.mood, ''), case when landed.category = 'complaint' and tones.sentiment = 'positive' then 'neutral' else tones.sentiment end) as mood,
    nullif(landed.length, '') as length,
    nullif(landed.event_kind, '') as event_kind,
    landed.subject,
    landed.description,
    nullif(landed.question, '') as question,
    landed.follow_up,
    landed.pushback,
    landed.thanks
from landed
left join {{ ref('tones') }} as tones
    on landed.tone = tones.tone
