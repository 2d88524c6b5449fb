import pytest

from app.core.record.fast.symbolic import Name, Writer


def test_a_power_is_written_as_a_product_which_overflows_to_infinity():
    writer = Writer(())
    result = Name(writer, "x") ** 3
    scope = {"x": 1e200}
    exec("\n".join(writer.lines), scope)
    assert scope[result.name] == float("inf")
    scope["x"] = -2.0
    exec("\n".join(writer.lines), scope)
    assert scope[result.name] == -8.0


@pytest.mark.parametrize("exponent", [0, -1, 0.5])
def test_a_power_that_is_no_product_is_refused(exponent):
    with pytest.raises(TypeError, match="whole exponents from 1"):
        Name(Writer(()), "x") ** exponent
