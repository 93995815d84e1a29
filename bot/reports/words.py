"""The second words of receipts: short, plain, kind and hard to mistake for one another."""

from __future__ import annotations

WORDS: tuple[str, ...] = tuple(
    """
    acorn airship almanac almond amber anchor apricot atlas attic autumn badger badminton
    bagpipe balloon banana banjo barn barrow basket bassoon beaver beetle bicycle birch
    biscuit blanket bluebell bobbin bookshelf bracken breeze bridge bronze bucket buckle
    butter buttercup butterfly button cabbage calendar camel candle canoe canvas canyon
    caramel carnival carriage carrot castle cedar celery cello chapter cherry chestnut
    chimney chisel chorus cinnamon clarinet clover coconut comet compass copper cottage
    cotton crayon cricket crimson crumpet cucumber cupboard curtain cushion daffodil daisy
    desert dolphin domino donkey doorbell doormat drawer drummer dumpling easel emerald
    envelope evening ferry festival flannel flute forest frisbee galaxy garden ginger
    giraffe glacier goose guitar harbour harvest hazelnut heather hedgehog heron hillside
    holiday honey icicle indigo island jetty jumper juniper kestrel kettle kitten ladder
    ladybird lagoon lakeside lamb lantern lavender lemon lettuce library linen lobster
    magnolia mango maple marble marmalade meadow melody moonlight morning mountain muffin
    mustard noodle notebook nutmeg orange orchard otter oyster pancake panda pantry papaya
    parachute parade parcel parsley parsnip pasture pebble pelican pencil penguin pepper
    piano picnic planet poem pony porridge postcard prairie primrose pumpkin puppy purple
    puzzle rabbit radish railway rainbow raincoat raspberry raven ribbon riddle river robin
    rocket rudder saddle sailboat salmon sandal sapphire scarf scarlet scooter sherbet
    shovel silver skittle slipper snowdrop snowflake spanner sparrow spinach sprinkler
    squirrel staircase starlight summer summit sunflower sunrise sunset swallow tangerine
    tartan teapot tennis thimble thistle thread toffee tractor tricycle trifle tulip tunnel
    turnip turtle umbrella valley vanilla velvet violet violin wagon wallet walnut walrus
    waterfall weekend willow windmill window winter woodland zebra
    """.split()  # noqa: SIM905 - a list of 256 quoted words reads worse
)
"""Exactly 256, so that eight random bits choose evenly; any two are two slips apart or more."""
