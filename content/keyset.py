from django.db.models import BooleanField, Func
from django.db.models.sql.compiler import SQLCompiler


class Beyond(Func):
    """Row comparison `(key, pk) < (value, pk)`, which uses the index on both databases."""

    output_field = BooleanField()
    conditional = True

    def as_sql(self, compiler: SQLCompiler, connection: object, **kwargs: object) -> tuple[str, list]:
        parts = [compiler.compile(expression) for expression in self.source_expressions]
        key, pk, value, last = (sql for sql, _params in parts)
        params = [param for _sql, found in parts for param in found]
        return f"({key}, {pk}) {self.extra['sign']} ({value}, {last})", params
