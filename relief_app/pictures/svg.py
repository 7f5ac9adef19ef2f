"""Write shapes as SVG text, ids kept (QSvgGenerator loses them). Needs no Qt."""

from relief_app.pictures.palette import Palette
from relief_app.pictures.shapes import Marker, Path, Picture, Shape, mirrored, turned


def svg(picture: Picture, palette: Palette, width: int = 800) -> str:
    """`picture` as an SVG document `width` pixels wide; markers stand in it unpainted."""
    if picture.is_turned:
        picture = mirrored(turned(picture))
    left, top, box_width, box_height = picture.view_box
    height = round(width * box_height / box_width)
    box = f"{_number(left)} {_number(top)} {_number(box_width)} {_number(box_height)}"
    corner = f'x="{_number(left)}" y="{_number(top)}"'
    extent = f'width="{_number(box_width)}" height="{_number(box_height)}"'
    size = f'width="{width}" height="{height}" viewBox="{box}"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size}>',
        f'<rect {corner} {extent} fill="{palette["background"]}"/>',
    ]
    for index, shape in enumerate(picture.shapes):
        lines += _shape_lines(shape, palette, index)
    lines += [_marker_line(marker) for marker in picture.markers]
    return "\n".join([*lines, "</svg>", ""])


def path_data(path: Path) -> str:
    """`path` in the words of an SVG `d` attribute."""
    return " ".join(
        command + " ".join(f"{_number(x)},{_number(y)}" for x, y in points) for command, points in path
    )


def _shape_lines(shape: Shape, palette: Palette, index: int) -> list[str]:
    lines: list[str] = []
    attributes = [f'id="{shape.id}"'] if shape.id else []
    attributes.append(f'd="{path_data(shape.path)}"')
    if shape.clip is not None:
        lines.append(f'<clipPath id="clip{index}"><path d="{path_data(shape.clip)}"/></clipPath>')
        attributes.append(f'clip-path="url(#clip{index})"')
    if shape.gradient is not None:
        lines.append(_gradient_line(shape, palette, index))
    attributes += _paint_attributes(shape, palette, index)
    return [*lines, f"<path {' '.join(attributes)}/>"]


def _paint_attributes(shape: Shape, palette: Palette, index: int) -> list[str]:
    fill = palette[shape.fill] if shape.fill else "none"
    attributes = [f'fill="url(#gradient{index})"' if shape.gradient else f'fill="{fill}"']
    if shape.stroke:
        attributes.append(
            f'stroke="{palette[shape.stroke]}" stroke-width="{_number(shape.width)}"'
            ' stroke-linecap="round" stroke-linejoin="round"'
        )
    if shape.opacity < 1:
        attributes.append(f'opacity="{_number(shape.opacity)}"')
    return attributes


def _gradient_line(shape: Shape, palette: Palette, index: int) -> str:
    assert shape.gradient is not None  # noqa: S101 - the caller asked
    (x1, y1), (x2, y2) = shape.gradient.start, shape.gradient.end
    end = f'stop-color="{palette[shape.gradient.to or shape.fill]}"'
    end += "" if shape.gradient.to else ' stop-opacity="0"'
    return (
        f'<linearGradient id="gradient{index}" gradientUnits="userSpaceOnUse" x1="{_number(x1)}"'
        f' y1="{_number(y1)}" x2="{_number(x2)}" y2="{_number(y2)}">'
        f'<stop offset="0" stop-color="{palette[shape.fill]}"/>'
        f'<stop offset="1" {end}/></linearGradient>'
    )


def _marker_line(marker: Marker) -> str:
    x, y = marker.at
    return (
        f'<circle id="{marker.id}" cx="{_number(x)}" cy="{_number(y)}" r="0.001" fill="none" stroke="none"/>'
    )


def _number(value: float) -> str:
    return f"{value:.5f}".rstrip("0").rstrip(".") if value else "0"
