// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/profile/WakeUps.h"

#include "servers/lab/WakeUpTime.h"

#include <QTest>

#include <cmath>

using namespace loopscope;

namespace {

using Kind = LabStep::Kind;

const double asleep = sleepDepth(pauseSeconds * 1e9); ///< of a loop that waits for the next request

/// A request that computes 60 us before its handler (outside), 30 us in it, waits 2 ms, computes 60 us and 50 us more when it is answered;
/// half of all that is because the loop has slept. 20 us pass until the loop goes on, and a client wakes up in 40 us, 10 us of which show.
ObservedProfile asleepProfile()
{
    ObservedRoute route;
    route.route = QStringLiteral("GET /");
    route.requests = {{{{Kind::Running, 30e-6, {}}, {Kind::Waiting, 2e-3, {}}, {Kind::Running, 60e-6, {}}}}};
    route.outsideSeconds = 110e-6;
    route.afterSeconds = 50e-6;
    route.networkSeconds = 30e-6;
    route.wakeUpSeconds = 20e-6;
    route.aloneSeconds = 200e-6;
    route.busySeconds = 100e-6;
    ObservedProfile profile;
    profile.truth = Truth::Real;
    profile.clientWakeUpSeconds = 40e-6;
    profile.routes = {route};
    return profile;
}

bool isNear(double value, double expected) { return std::abs(value - expected) < 1e-9; }

} // namespace

class WakeUpsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void deeperSleepTakesLonger()
    {
        QCOMPARE(sleepDepth(0), 0.0);
        QCOMPARE(sleepDepth(3e6), 0.5);
        QVERIFY(sleepDepth(1e9) > 0.99 && sleepDepth(1e9) < 1);
    }

    void whatAloneTakesLongerIsWakingUp()
    {
        const WakeUps found = fitWakeUps(asleepProfile());
        // 30 us of the last computing are the client's: 120 of 200 us are before the answer, half of it since the loop slept, twice.
        const double more = 100e-6 * 120 / 200;
        QVERIFY2(isNear(found.core, 20e-6 / asleep + more / (asleep + sleepDepth(2e6))), qPrintable(QString::number(found.core)));
        QCOMPARE(found.client, 40e-6);
        QVERIFY(isNear(found.afterAnswer, 40e-6));
    }

    /// What is taken out comes back when it is woken up: the latency is the same.
    void whatIsTakenOutComesBack()
    {
        const ObservedProfile profile = asleepProfile();
        const WakeUps found = fitWakeUps(profile);
        const ObservedRoute awake = withoutWakeUps(profile, found).routes.front();
        QVERIFY(isNear(awake.loopSeconds(), 100e-6));
        QCOMPARE(awake.networkSeconds, 0.0);
        const std::vector<ObservedPhase> &phases = awake.requests.front().phases;
        const double wait = phases[1].seconds;
        const double wakeUps = found.core * (asleep + sleepDepth(2e6));
        const double latency =
            awake.outsideSeconds - awake.afterSeconds + phases[0].seconds + wait + phases[2].seconds + wakeUps + found.client;
        QVERIFY2(isNear(latency, 20e-6 + 60e-6 + 30e-6 + 2e-3 + 60e-6 + 10e-6), qPrintable(QString::number(latency)));
    }

    void nothingIsKnownOfWhoWasNotSeenBusy()
    {
        ObservedProfile profile = asleepProfile();
        profile.routes.front().busySeconds = 0;
        QVERIFY(isNear(fitWakeUps(profile).core, 20e-6 / asleep));
        QVERIFY(isNear(withoutWakeUps(profile, fitWakeUps(profile)).routes.front().loopSeconds(), 200e-6));
    }
};

QTEST_GUILESS_MAIN(WakeUpsTest)
#include "WakeUpsTest.moc"
