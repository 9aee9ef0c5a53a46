"""Prices of options after Black and Scholes, for whole arrays and one at a time."""

import math

import numpy as np


def normal_cdf_poly(x):
    """The normal distribution by a polynomial, for arrays."""
    t = 1.0 / (1.0 + 0.2316419 * np.abs(x))
    poly = t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
    tail = 0.3989422804014327 * np.exp(-0.5 * x * x) * poly
    return np.where(x >= 0.0, 1.0 - tail, tail)


def black_scholes(spot, strike, years, rate, volatility):
    """The prices of calls and puts, arrays in and arrays out."""
    spread = volatility * np.sqrt(years)
    d1 = (np.log(spot / strike) + (rate + 0.5 * volatility * volatility) * years) / spread
    d2 = d1 - spread
    discounted = strike * np.exp(-rate * years)
    call = spot * normal_cdf_poly(d1) - discounted * normal_cdf_poly(d2)
    return call, call - spot + discounted


def normal_cdf(x):
    return 0.5 * (1.0 + math.erf(x / math.sqrt(2.0)))


def call_price(spot, strike, years, rate, volatility):
    """The price of one call."""
    if years <= 0.0:
        return max(spot - strike, 0.0)
    spread = volatility * math.sqrt(years)
    d1 = (math.log(spot / strike) + (rate + 0.5 * volatility**2) * years) / spread
    return spot * normal_cdf(d1) - strike * math.exp(-rate * years) * normal_cdf(d1 - spread)


def call_prices(spot, strike, years, rate, volatility):
    """The prices of calls, one by one."""
    out = np.zeros(spot.shape[0])
    for i in range(spot.shape[0]):
        out[i] = call_price(spot[i], strike[i], years[i], rate, volatility)
    return out


def main():
    n = 200_000
    steps = np.arange(n, dtype=np.float64)
    spot = 50.0 + steps * 0.37 % 100.0
    strike = 60.0 + steps * 0.73 % 80.0
    years = 0.25 + steps * 0.11 % 2.0
    total = 0.0
    for k in range(20):
        call, put = black_scholes(spot, strike, years, 0.01 * (k + 1), 0.3)
        total += float(call.sum() + put.sum())
    single = call_prices(spot, strike, years, 0.02, 0.3)
    print(f"checksum {total:.4f} {single.sum():.6f}")


if __name__ == "__main__":
    main()
