"""The two databases as SQLAlchemy 2 models.

>>> from data.models import open_session, udahub
>>> with open_session("data/udahub.db") as session:
...     ticket = session.get(udahub.Ticket, "t_00001")
"""

from data.models import eventhub, udahub
from data.models._schema import open_session

__all__ = ["eventhub", "open_session", "udahub"]
