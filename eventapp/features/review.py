"""The modules whose blueprints the review has."""

from types import ModuleType

from eventapp.review import manage, views
from eventapp.review.corrigenda import manage as corrigenda
from eventapp.review.editor import views as editor
from eventapp.review.editor.arranging import views as arranger
from eventapp.review.editor.closed import views as closed
from eventapp.review.editor.comments import views as commenter
from eventapp.review.editor.evidence import views as traces
from eventapp.review.editor.grouping import views as groups
from eventapp.review.editor.reasons import views as reasons
from eventapp.review.editor.several import views as several
from eventapp.review.editor.summary import manage as summary
from eventapp.review.editor.together import views as together
from eventapp.review.files import views as files
from eventapp.review.tasks import views as tasks
from eventapp.review.versions import views as versions

PAGES: tuple[ModuleType, ...] = (
    views,
    manage,
    editor,
    arranger,
    several,
    groups,
    together,
    closed,
    commenter,
    reasons,
    summary,
    versions,
    corrigenda,
    tasks,
    files,
    traces,
)
