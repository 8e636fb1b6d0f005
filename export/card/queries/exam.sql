-- How the exam stands, measure by measure.
select says, unit, value, goal_from, goal_to, is_met
from analytics.exam_report
order by position
