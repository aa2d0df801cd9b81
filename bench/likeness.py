"""How like its original an encoded picture is: SSIM (Wang and others, 2004), a Gaussian window of 11 pixels."""

import sys

try:
    import numpy
except ImportError:
    sys.exit("Measuring the quality of pictures needs NumPy: install it with `pip install numpy`.")

WEIGHTS = numpy.exp(-(numpy.arange(-5, 6, dtype=numpy.float32) ** 2) / (2 * 1.5**2))
WEIGHTS /= WEIGHTS.sum()
STEADY = (0.01 * 255) ** 2, (0.03 * 255) ** 2  # C1 and C2 of the formula


class Plane:
    """One channel of a picture, with what SSIM asks of it again and again."""

    def __init__(self, image):
        self.values = _floats(image)
        self.mean = blurred(self.values)
        self.variance = blurred(self.values**2) - self.mean**2

    def ssim(self, image):
        """Mean structural similarity with another channel of the same size: 1.0 is the same."""
        values = _floats(image)
        mean = blurred(values)
        variance = blurred(values**2) - mean**2
        covariance = blurred(self.values * values) - self.mean * mean
        light, contrast = STEADY
        above = (2 * self.mean * mean + light) * (2 * covariance + contrast)
        below = (self.mean**2 + mean**2 + light) * (self.variance + variance + contrast)
        return float((above / below).mean(dtype=numpy.float64))


def _floats(image):
    return numpy.asarray(image, dtype=numpy.float32)


def blurred(values):
    """The Gaussian mean around each pixel that has a whole window around it."""
    high, wide = (length - len(WEIGHTS) + 1 for length in values.shape)
    rows = sum(weight * values[place : place + high] for place, weight in enumerate(WEIGHTS))
    return sum(weight * rows[:, place : place + wide] for place, weight in enumerate(WEIGHTS))
