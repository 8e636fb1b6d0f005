"""The two databases as SQLAlchemy 2 models; and flat and cultpass, the same rows in other projects' shapes.

>>> from data.models import open_session, udahub
>>> with open_session("data/udahub.db") as session:
...     ticket = session.get(udahub.Ticket, "t_00001")
"""

from data.models import cultpass, eventhub, flat, udahub
from data.models._schema import open_session

__all__ = ["cultpass", "eventhub", "flat", "open_session", "udahub"]
