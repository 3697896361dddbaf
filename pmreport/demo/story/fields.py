"""The fields of the site, with the names its Portuguese product manager reads."""

from pmreport.demo import changes
from pmreport.demo.catalogue import FieldInfo
from pmreport.demo.story.cast import APP

_FLOAT = "com.atlassian.jira.plugin.system.customfieldtypes:float"
_SYSTEM = (
    # id, name, local name, type, items, clause names
    (
        "statuscategorychangedate",
        "Status Category Changed",
        "Categoria alterada",
        "datetime",
        None,
        "statusCategoryChangedDate",
    ),
    ("fixVersions", "Fix versions", "Versões corrigidas", "array", "version", "fixVersion"),
    ("resolution", "Resolution", "Resolução", "resolution", None, "resolution"),
    ("priority", "Priority", "Prioridade", "priority", None, "priority"),
    ("labels", "Labels", "Etiquetas", "array", "string", "labels"),
    (
        "timeestimate",
        "Remaining Estimate",
        "Estimativa restante",
        "number",
        None,
        "remainingEstimate timeestimate",
    ),
    ("aggregatetimeoriginalestimate", "Σ Original Estimate", "Σ Estimativa original", "number", None, ""),
    ("versions", "Affects versions", "Versões afetadas", "array", "version", "affectedVersion"),
    ("issuelinks", "Linked Issues", "Itens ligados", "array", "issuelinks", "issueLink"),
    ("assignee", "Assignee", "Responsável", "user", None, "assignee"),
    ("status", "Status", "Estado", "status", None, "status"),
    ("components", "Components", "Componentes", "array", "component", "component"),
    ("aggregatetimeestimate", "Σ Remaining Estimate", "Σ Estimativa restante", "number", None, ""),
    ("creator", "Creator", "Criador", "user", None, "creator"),
    ("subtasks", "Sub-tasks", "Subtarefas", "array", "issuelinks", "subtasks"),
    ("reporter", "Reporter", "Relator", "user", None, "reporter"),
    ("aggregateprogress", "Σ Progress", "Σ Progresso", "progress", None, ""),
    ("progress", "Progress", "Progresso", "progress", None, "progress"),
    ("worklog", "Log Work", "Registo de trabalho", "array", "worklog", ""),
    ("issuetype", "Issue Type", "Tipo de item", "issuetype", None, "issuetype type"),
    ("timespent", "Time Spent", "Tempo gasto", "number", None, "timespent"),
    ("project", "Project", "Projeto", "project", None, "project"),
    ("aggregatetimespent", "Σ Time Spent", "Σ Tempo gasto", "number", None, ""),
    ("resolutiondate", "Resolved", "Resolvido", "datetime", None, "resolutiondate resolved"),
    ("workratio", "Work Ratio", "Rácio de trabalho", "number", None, "workratio"),
    ("created", "Created", "Criado", "datetime", None, "created createdDate"),
    ("updated", "Updated", "Atualizado", "datetime", None, "updated updatedDate"),
    (
        "timeoriginalestimate",
        "Original estimate",
        "Estimativa original",
        "number",
        None,
        "originalEstimate timeoriginalestimate",
    ),
    ("description", "Description", "Descrição", "string", None, "description"),
    ("timetracking", "Time tracking", "Controlo do tempo", "timetracking", None, ""),
    ("security", "Security Level", "Nível de segurança", "securitylevel", None, "level"),
    ("summary", "Summary", "Resumo", "string", None, "summary"),
    ("environment", "Environment", "Ambiente", "string", None, "environment"),
    ("duedate", "Due date", "Data limite", "date", None, "due duedate"),
    ("comment", "Comment", "Comentário", "comments-page", None, "comment"),
    ("parent", "Parent", "Principal", None, None, "parent"),
    ("thumbnail", "Images", "Imagens", None, None, ""),
    ("issuekey", "Key", "Chave", None, None, "id issue issuekey key"),
)
_CUSTOM = (
    (changes.SPRINT, "Sprint", "Sprint", "array", "json", "com.pyxis.greenhopper.jira:gh-sprint"),
    (
        changes.TEAM_POINTS,
        "Story point estimate",
        "Estimativa de pontos",
        "number",
        None,
        "com.pyxis.greenhopper.jira:jsw-story-points",
    ),
    (changes.CLASSIC_POINTS, "Story Points", "Pontos da história", "number", None, _FLOAT),
    (changes.RANK, "Rank", "Classificação", "any", None, "com.pyxis.greenhopper.jira:gh-lexo-rank"),
    (
        changes.FLAGGED,
        "Flagged",
        "Sinalizado",
        "array",
        "option",
        "com.atlassian.jira.plugin.system.customfieldtypes:multicheckboxes",
    ),
    (
        changes.START_DATE,
        "Start date",
        "Data de início",
        "date",
        None,
        "com.atlassian.jira.plugin.system.customfieldtypes:datepicker",
    ),
    (
        "customfield_10014",
        "Epic Link",
        "Ligação ao épico",
        "any",
        None,
        "com.pyxis.greenhopper.jira:gh-epic-link",
    ),
)


def fields() -> dict[str, FieldInfo]:
    """Every field by id. A second Start date, of the team-managed project, has the same name."""
    found = [
        FieldInfo(id=i, name=name, local_name=local, type=kind, items=items, clauses=tuple(clauses.split()))
        for i, name, local, kind, items, clauses in _SYSTEM
    ]
    found += [
        FieldInfo(
            id=i,
            name=name,
            local_name=local,
            type=kind,
            items=items,
            custom=custom,
            clauses=(f"cf[{i[12:]}]", name),
        )
        for i, name, local, kind, items, custom in _CUSTOM
    ]
    again = next(f for f in found if f.id == changes.START_DATE)
    found.append(
        FieldInfo(
            id="customfield_10031",
            name=again.name,
            local_name=again.local_name,
            type=again.type,
            custom=again.custom,
            clauses=("cf[10031]", again.name),
            project_id=APP,
        )
    )
    return {info.id: info for info in found}
