// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// How a script is run: what the panel asks becomes options of the runner, is kept for each script, and a refused call can be allowed.
#include "RunChoices.h"
#include "LatencyFields.h"
#include "MainWindow.h"
#include "RunChoicesPanel.h"
#include "recording/RecordingReader.h"
#include "session/RunSession.h"
#include "shell/Banner.h"
#include "theme/Theme.h"

#include <QAction>
#include <QApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QRadioButton>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

namespace loopscope {

namespace {

constexpr int patience = 30'000; // ms

RunChoices choicesOf(const std::function<void(RunChoices &)> &change)
{
    RunChoices choices;
    change(choices);
    return choices;
}

QJsonObject slow() { return {{QStringLiteral("disk"), QJsonObject{{QStringLiteral("readFile"), QStringLiteral("4ms")}}}}; }

QLineEdit *fieldNamed(const LatencyFields &fields, const QString &label)
{
    for (QLineEdit *each : fields.findChildren<QLineEdit *>()) {
        if (each->accessibleName() == label)
            return each;
    }
    return nullptr;
}

QString written(const QTemporaryDir &folder, const QString &name, const QByteArray &text)
{
    const QString path = folder.filePath(name);
    QFile file(path);
    if (file.open(QIODevice::WriteOnly))
        file.write(text);
    return QFileInfo(path).canonicalFilePath();
}

} // namespace

class RunChoicesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QApplication::setOrganizationName(QStringLiteral("Loopscope"));
        QApplication::setApplicationName(QStringLiteral("RunChoicesTest"));
        Theme::current().install(*qApp);
        qputenv("LOOPSCOPE_RUNNER", qgetenv("LOOPSCOPE_BIN") + "/loopscope");
    }

    void becomeOptions_data()
    {
        QTest::addColumn<RunChoices>("choices");
        QTest::addColumn<QStringList>("options");
        const auto row = [](const char *name, const std::function<void(RunChoices &)> &change, const char *options) {
            QTest::newRow(name) << choicesOf(change) << QString::fromLatin1(options).split(u' ', Qt::SkipEmptyParts);
        };
        row(
            "the usual", [](RunChoices &) {}, "");
        row(
            "real",
            [](RunChoices &c) {
                c.isReal = true;
                c.seed = 7;
                c.latencies = slow();
            },
            "--io real");
        row(
            "seed", [](RunChoices &c) { c.seed = 7; }, "--seed 7");
        row(
            "latencies", [](RunChoices &c) { c.latencies = slow(); }, "--latency-profile {\"disk\":{\"readFile\":\"4ms\"}}");
        row(
            "beside",
            [](RunChoices &c) {
                c.beside = {QStringLiteral("a.js"), QStringLiteral("b.js")};
            },
            "--beside a.js --beside b.js");
        row(
            "writing means nothing when simulated", [](RunChoices &c) { c.permissions.write.names = {QStringLiteral("/x")}; }, "");
        row(
            "permissions",
            [](RunChoices &c) {
                c.isReal = true;
                c.permissions.read.names = {QStringLiteral("/a"), QStringLiteral("/b")};
                c.permissions.write.names = {QStringLiteral("/x")};
                c.permissions.network.names = {QStringLiteral("example.com:80")};
                c.permissions.environment.names = {QStringLiteral("API_KEY")};
                c.permissions.programs.all = true;
            },
            "--io real --allow-read=/a,/b --allow-write=/x --allow-net=example.com:80 --allow-run --allow-env=API_KEY");
        row(
            "everything",
            [](RunChoices &c) {
                c.mayDoAll = true;
                c.permissions.read.names = {QStringLiteral("/a")};
            },
            "--allow-all");
    }
    void becomeOptions()
    {
        QFETCH(RunChoices, choices);
        QFETCH(QStringList, options);
        QCOMPARE(choices.runnerOptions(), options);
        QCOMPARE(choices.summary().isEmpty(), options.isEmpty());
    }

    void argumentsAreSplitAsInAShell()
    {
        RunChoices choices;
        choices.arguments = QStringLiteral("one \"two words\" three");
        QCOMPARE(choices.argumentList(), (QStringList{QStringLiteral("one"), QStringLiteral("two words"), QStringLiteral("three")}));
    }

    void areKeptForEachScript()
    {
        const QString a = QStringLiteral("/scripts/a.js");
        const QString b = QStringLiteral("/scripts/b.js");
        const RunChoices choices = choicesOf([](RunChoices &c) {
            c.isReal = true;
            c.permissions.network.names = {QStringLiteral("example.com")};
            c.permissions.environment.all = true;
            c.latencies = slow();
            c.seed = 9;
        });
        choices.save(a);
        QCOMPARE(RunChoices::load(a), choices);
        QCOMPARE(RunChoices::load(b), RunChoices());
        RunChoices().save(a);
        QCOMPARE(RunChoices::load(a), RunChoices());
    }

    void refusedCallNamesWhatAllowsIt_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("option");
        const QString start = QStringLiteral("Error: Access to this API has been restricted: this run may not ");
        QTest::newRow("read") << start + QStringLiteral("read '/a b/c'; allow it with --allow-read=/a b/c\n    at x")
                              << QStringLiteral("--allow-read=/a b/c");
        QTest::newRow("run") << start + QStringLiteral("start 'ls'; allow it with --allow-run=ls") << QStringLiteral("--allow-run=ls");
        QTest::newRow("another error") << QStringLiteral("Error: --allow-read=/x") << QString();
    }
    void refusedCallNamesWhatAllowsIt()
    {
        QFETCH(QString, text);
        QFETCH(QString, option);
        QCOMPARE(RunChoices::permissionAskedFor(text), option);
    }

    void panelShowsAndGivesChoices()
    {
        const RunChoices choices = choicesOf([](RunChoices &c) {
            c.seed = 5;
            c.arguments = QStringLiteral("x y");
            c.permissions.read.names = {QStringLiteral("/a"), QStringLiteral("/b")};
            c.permissions.programs.all = true;
            c.latencies = slow();
        });
        QWidget parent;
        RunChoicesPanel panel(choices, QStringLiteral("a.js"), &parent);
        panel.setAttribute(Qt::WA_DeleteOnClose, false);
        QCOMPARE(panel.choices(), choices);
        QSignalSpy chosen(&panel, &RunChoicesPanel::chosen);
        panel.popUp({});
        QTest::keyClick(&panel, Qt::Key_Escape);
        QCOMPARE(chosen.size(), 0);
        panel.popUp({});
        QTest::keyClick(&panel, Qt::Key_Return);
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen.at(0).at(0).value<RunChoices>(), choices);
        QCOMPARE(chosen.at(0).at(1).toBool(), true);
    }

    void latenciesAreFields()
    {
        LatencyFields fields;
        QVERIFY(fields.profile().isEmpty());
        const QJsonObject profile = QJsonDocument::fromJson(R"({
            "disk": { "readFile": "4ms..9ms", "chmod": 3 }, "dns": { "query": "20ms" }, "loopback": { "loss": "1%" },
            "hosts": { "db.example": { "address": ["10.0.0.5", "10.0.0.6"], "roundTrip": "1ms..4ms", "records": { "MX": [] } } },
            "buffers": { "send": 65536 } })")
                                        .object();
        fields.setProfile(profile);
        QCOMPARE(fields.profile(), profile);
        QCOMPARE(fields.problem(), QString());
        fields.setProfile({});
        QVERIFY(fields.profile().isEmpty());
        QCOMPARE(fieldNamed(fields, QStringLiteral("readFile"))->placeholderText(), QStringLiteral("1.05ms..1.8ms"));
    }

    void wrongLatencyIsNamed()
    {
        QWidget parent;
        RunChoicesPanel panel(RunChoices(), QStringLiteral("a.js"), &parent);
        panel.setAttribute(Qt::WA_DeleteOnClose, false);
        QSignalSpy chosen(&panel, &RunChoicesPanel::chosen);
        panel.popUp({});
        auto *fields = panel.findChild<LatencyFields *>();
        QLineEdit *field = fieldNamed(*fields, QStringLiteral("readFile"));
        field->setText(QStringLiteral("soon"));
        QVERIFY2(fields->problem().startsWith(QStringLiteral("disk.readFile: \"soon\" is no time")), qPrintable(fields->problem()));
        QTest::keyClick(&panel, Qt::Key_Return);
        QCOMPARE(chosen.size(), 0); // it asks first
        QTRY_COMPARE(QApplication::focusWidget(), field);
        field->setText(QStringLiteral("2ms"));
        QTest::keyClick(&panel, Qt::Key_Return);
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen.at(0).at(0).value<RunChoices>().latencies,
            (QJsonObject{{QStringLiteral("disk"), QJsonObject{{QStringLiteral("readFile"), QStringLiteral("2ms")}}}}));
    }

    void windowRunsSo()
    {
        QTemporaryDir folder;
        const QString script = written(folder, QStringLiteral("a.js"), "console.log(process.argv.slice(2).join());");
        MainWindow window(MainWindow::Memory::Forget);
        window.show();
        QVERIFY(window.openFile(script));
        window.setRunChoices(choicesOf([](RunChoices &c) {
            c.seed = 5;
            c.arguments = QStringLiteral("x y");
            c.latencies = slow();
        }));
        window.runFromStart();
        QTRY_COMPARE_WITH_TIMEOUT(window.session().state(), RunSession::State::Ended, patience);
        QTRY_VERIFY_WITH_TIMEOUT(window.session().isCaughtUp(), patience);
        const QJsonObject metadata = window.session().reader()->metadata();
        QCOMPARE(metadata.value(QStringLiteral("seed")).toString(), QStringLiteral("5"));
        QCOMPARE(metadata.value(QStringLiteral("arguments")).toArray().size(), 2);
        QCOMPARE(metadata.value(QStringLiteral("latencyProfile")).toObject().value(QStringLiteral("content")).toObject(), slow());
    }

    void refusedCallIsAllowedInPlace()
    {
        QTemporaryDir folder;
        QTemporaryDir elsewhere;
        const QString secret = written(elsewhere, QStringLiteral("secret.txt"), "told");
        const QString script = written(
            folder, QStringLiteral("a.js"), "console.log(require('fs').readFileSync(" + ('\'' + secret.toUtf8() + '\'') + ", 'utf8'));");
        MainWindow window(MainWindow::Memory::Forget);
        window.show();
        QVERIFY(window.openFile(script));
        window.runFromStart();
        QTRY_VERIFY_WITH_TIMEOUT(window.banner().isVisible(), patience);
        QToolButton *allow = nullptr;
        for (QToolButton *each : window.banner().findChildren<QToolButton *>()) {
            if (each->text().startsWith(QStringLiteral("Allow this")))
                allow = each;
        }
        QVERIFY2(allow, qPrintable(window.banner().sentence()));
        allow->click();
        QCOMPARE(window.runChoices().permissions.read.names, QStringList{secret});
        QTRY_COMPARE_WITH_TIMEOUT(window.session().state(), RunSession::State::Ended, patience);
        QCOMPARE(window.session().exitCode(), 0);
    }

    void caughtRefusalIsAllowedInPlace()
    {
        QTemporaryDir folder;
        QTemporaryDir elsewhere;
        const QString secret = written(elsewhere, QStringLiteral("secret.txt"), "told");
        const QString script = written(folder, QStringLiteral("a.js"),
            "const fs = require('fs');\ntry { fs.readFileSync('" + secret.toUtf8() + "'); } catch {}\nprocess.env.MY_TOKEN_KEY;");
        MainWindow window(MainWindow::Memory::Forget);
        window.show();
        QVERIFY(window.openFile(script));
        window.runFromStart();
        QTRY_VERIFY_WITH_TIMEOUT(window.banner().isVisible(), patience);
        QVERIFY2(window.banner().sentence().contains(QStringLiteral("--allow-read=") + secret), qPrintable(window.banner().sentence()));
        const QList<QToolButton *> buttons = window.banner().findChildren<QToolButton *>();
        const auto allow = std::find_if(
            buttons.begin(), buttons.end(), [](const QToolButton *each) { return each->text().startsWith(QStringLiteral("Allow th")); });
        QVERIFY(allow != buttons.end());
        (*allow)->click();
        QCOMPARE(window.runChoices().permissions.read.names, QStringList{secret});
        QTRY_COMPARE_WITH_TIMEOUT(window.session().state(), RunSession::State::Ended, patience);
        QTRY_VERIFY_WITH_TIMEOUT(window.session().isCaughtUp(), patience);
        QVERIFY(!window.session().reader()->metadata().contains(QStringLiteral("refused")));
    }
};

} // namespace loopscope

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    loopscope::RunChoicesTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "RunChoicesTest.moc"
