"""Hand-drawn outlines for the invented plan layers: longitude, latitude in degrees. No real zone is meant."""

from tools.synth_city.crs import LonLat

FABRIC: list[LonLat] = [
    (51.6695, 32.6490),
    (51.6698, 32.6585),
    (51.6708, 32.6655),
    (51.6722, 32.6740),
    (51.6760, 32.6800),
    (51.6880, 32.6790),
    (51.6990, 32.6730),
    (51.7010, 32.6620),
    (51.6975, 32.6525),
    (51.6880, 32.6480),
    (51.6780, 32.6478),
]
PENDING_1404: list[LonLat] = [
    (51.6672, 32.6420),
    (51.6740, 32.6385),
    (51.6725, 32.6310),
    (51.6600, 32.6298),
    (51.6603, 32.6358),
    (51.6662, 32.6362),
]
SUSPENDED_1402: list[LonLat] = [(51.6570, 32.6425), (51.6664, 32.6428), (51.6658, 32.6345), (51.6575, 32.6338)]
HEIGHT_GAP: list[LonLat] = [(51.6585, 32.6285), (51.6649, 32.6284), (51.6640, 32.6246), (51.6585, 32.6238)]
"""The neighbourhood of which the height plan says nothing."""
WORN: list[list[LonLat]] = [
    [(51.6855, 32.6685), (51.6935, 32.6690), (51.6930, 32.6742), (51.6868, 32.6748)],
    [(51.6624, 32.6546), (51.6652, 32.6548), (51.6650, 32.6585), (51.6622, 32.6580)],
    [(51.7060, 32.6730), (51.7150, 32.6700), (51.7190, 32.6780), (51.7090, 32.6800)],
    [(51.6300, 32.6700), (51.6420, 32.6690), (51.6400, 32.6790), (51.6290, 32.6780)],
]
QUARTER_A: LonLat = (51.6685, 32.5490)
QUARTER_B: LonLat = (51.7105, 32.6905)
QUARTER_B_SIZE = (430.0, 360.0)
LATER_MONUMENT: LonLat = (51.6662, 32.6655)
"""Seyyed mosque: its buffer is drawn with rules."""
BUFFER_REACH = 6500.0
"""Metres from the square within which the buffer edition speaks."""

ANCHORS: list[LonLat] = [
    (51.6752, 32.6572),
    (51.6796, 32.6580),
    (51.6800, 32.6642),
    (51.6852, 32.6688),
    (51.6650, 32.6540),
    (51.6695, 32.6484),
    (51.6690, 32.6410),
    (51.6640, 32.6398),
    (51.6686, 32.6336),
    (51.6640, 32.6268),
    (51.6640, 32.6558),
    (51.6838, 32.6643),
]
"""Where small cities start to grow; at the default size the patches have met."""

EXTRA_DISTRICTS: list[tuple[int, LonLat]] = [
    (2, (51.6270, 32.6720)),
    (2, (51.6100, 32.6680)),
    (7, (51.6790, 32.7020)),
    (7, (51.6850, 32.7200)),
    (11, (51.6016, 32.6850)),
    (11, (51.5800, 32.6950)),
    (12, (51.6450, 32.7150)),
    (12, (51.6250, 32.7250)),
    (14, (51.7150, 32.7050)),
    (15, (51.7650, 32.6550)),
    (13, (51.6050, 32.6180)),
    (9, (51.5850, 32.6450)),
    (8, (51.6480, 32.6900)),
    (6, (51.6685, 32.5490)),
    (4, (51.7250, 32.6350)),
]
"""Invented seeds: the four districts the junction file does not know, and a few that give others a better shape."""

PARKS: list[tuple[str, str, LonLat, float, float]] = [
    ("باغ چهلستون", "Chehel Sotun garden", (51.6720, 32.6574), 250.0, 180.0),
    ("باغ هشت‌بهشت", "Hasht Behesht garden", (51.6705, 32.6538), 190.0, 360.0),
    ("باغ غدیر", "Ghadir garden", (51.7135, 32.6430), 520.0, 330.0),
    ("بوستان هزارجریب", "Hezar Jarib park", (51.6800, 32.6265), 420.0, 260.0),
]
"""Name, name in English, centre, width and height in metres."""
