"""Opening files as tables of the engine."""

from workbench.data.engine import Engine
from workbench.data.table import ROW, open_table


def test_rows_keep_their_number_and_their_text(tmp_path):
    (tmp_path / "deals.csv").write_text("id,value\n1234567890123456789,007\n,5\n")
    with Engine() as engine:
        table = open_table("deals.csv", folder=tmp_path, engine=engine)
        rows = table.rows.order_by(ROW).to_pyarrow().to_pylist()
    assert table.n_rows == 2
    assert rows == [
        {"id": "1234567890123456789", "value": "007", ROW: 1},
        {"id": None, "value": "5", ROW: 2},
    ]
