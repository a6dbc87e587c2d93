// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Commands, keys, typing and resizing in any order: whatever a person does, the window goes on.
#include "MainWindow.h"
#include "editor/SourceEditor.h"
#include "session/RunSession.h"
#include "session/Stepper.h"
#include "theme/Theme.h"

#include <QAction>
#include <QApplication>
#include <QDialog>
#include <QFile>
#include <QMenu>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <random>

namespace loopscope {

namespace {

constexpr int kSeeds = 6; ///< LOOPSCOPE_ANY_ORDER_SEEDS sets another number
constexpr int kActs = 120; ///< of a sequence

const QByteArray script = "const fs = require('fs');\n"
                          "setTimeout(function ping() { console.log('ping'); }, 20);\n"
                          "async function load() {\n"
                          "  const text = await fs.promises.readFile(__filename);\n"
                          "  console.log(text.length);\n"
                          "  return Promise.all([1, Promise.resolve(2), load.later]);\n"
                          "}\n"
                          "load().then(function done() { Promise.reject(new Error('lost')).catch(() => {}); });\n"
                          "const again = setInterval(() => { if (--again.left === 0) clearInterval(again); }, 7);\n"
                          "again.left = 4;\n"
                          "setImmediate(() => process.nextTick(() => console.error('tick')));\n";

const Qt::Key keys[] = {Qt::Key_Tab, Qt::Key_Backtab, Qt::Key_Return, Qt::Key_Escape, Qt::Key_Space, Qt::Key_Up, Qt::Key_Down, Qt::Key_Left,
    Qt::Key_Right, Qt::Key_Home, Qt::Key_End, Qt::Key_PageUp, Qt::Key_PageDown, Qt::Key_Plus, Qt::Key_Minus, Qt::Key_Delete,
    Qt::Key_Backspace, Qt::Key_A, Qt::Key_F, Qt::Key_3, Qt::Key_ParenLeft, Qt::Key_Menu};
const Qt::KeyboardModifier modifiers[] = {Qt::NoModifier, Qt::NoModifier, Qt::NoModifier, Qt::ShiftModifier, Qt::ControlModifier};

} // namespace

class AnyOrderTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void everyCommandInEveryState_data();
    void everyCommandInEveryState();
    void anyOrder_data();
    void anyOrder();

private:
    QList<QAction *> commands() const;
    /// What a person may do, chosen by the generator; in words.
    QString act(std::mt19937 &generator);
    QString faultOf() const;
    void runToEnd();
    /// Opens a script and steps that often; runs it to its end if `steps` is below 0.
    void reach(const QByteArray &text, int steps);
    QString write(const QString &name, const QByteArray &bytes) const;

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<MainWindow> m_window;
    QTimer m_dialogs; ///< leaves what waits for a person
};

void AnyOrderTest::initTestCase()
{
    const QString bin = qEnvironmentVariable("LOOPSCOPE_BIN");
    QVERIFY2(!bin.isEmpty(), "run through CTest, or set LOOPSCOPE_BIN to the folder of loopscope");
    qputenv("LOOPSCOPE_RUNNER", (bin + QStringLiteral("/loopscope")).toLocal8Bit());
    QApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    Theme::current().install(*qobject_cast<QApplication *>(QApplication::instance()));
    connect(&m_dialogs, &QTimer::timeout, this, [] {
        if (QWidget *popup = QApplication::activePopupWidget())
            popup->close();
        else if (auto *dialog = qobject_cast<QDialog *>(QApplication::activeModalWidget()))
            dialog->reject();
    });
    m_dialogs.start(30);
}

void AnyOrderTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_window = std::make_unique<MainWindow>(MainWindow::Memory::Forget);
    m_window->resize(1366, 768);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void AnyOrderTest::cleanup()
{
    Theme::current().setZoom(1.0);
    m_window.reset();
    m_folder.reset();
}

QString AnyOrderTest::write(const QString &name, const QByteArray &bytes) const
{
    QFile file(m_folder->filePath(name));
    if (file.open(QIODevice::WriteOnly))
        file.write(bytes);
    return file.fileName();
}

/// All of the window's commands but the one that ends the program.
QList<QAction *> AnyOrderTest::commands() const
{
    QList<QAction *> found = m_window->findChildren<QAction *>();
    found.removeIf([&](const QAction *action) {
        return action->isSeparator() || action->menu() != nullptr || action->text().isEmpty() || action == m_window->commands().quit;
    });
    return found;
}

QString AnyOrderTest::faultOf() const
{
    if (!m_window->isVisible())
        return QStringLiteral("the window is gone");
    if (m_window->stepper().cursor() > m_window->session().eventCount())
        return QStringLiteral("the cursor is behind the end");
    if (!m_window->grab().size().isValid())
        return QStringLiteral("no picture");
    return {};
}

void AnyOrderTest::runToEnd()
{
    m_window->runFromStart();
    QTRY_VERIFY_WITH_TIMEOUT(m_window->session().state() == RunSession::State::Ended && m_window->session().isCaughtUp(), 20'000);
}

void AnyOrderTest::reach(const QByteArray &text, int steps)
{
    m_window->commands().stop->trigger();
    m_window->openFile(write(QStringLiteral("state.js"), text));
    if (steps < 0)
        runToEnd();
    for (int step = 0; step < steps; ++step) {
        m_window->commands().nextEvent->trigger();
        QTest::qWait(2);
    }
}

void AnyOrderTest::everyCommandInEveryState_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("steps");
    QTest::newRow("an empty script") << QByteArray() << 0;
    QTest::newRow("nothing has run") << script << 0;
    QTest::newRow("paused") << script << 12;
    QTest::newRow("ended") << script << -1;
    QTest::newRow("does not compile") << QByteArray("let x = ;\n") << 1;
    QTest::newRow("throws") << QByteArray("setTimeout(function bad() { throw new Error('x'); });\n") << -1;
}

void AnyOrderTest::everyCommandInEveryState()
{
    QFETCH(QByteArray, text);
    QFETCH(int, steps);
    const int count = static_cast<int>(commands().size());
    QVERIFY(count > 80);
    // Each command meets the state, or what some others made of it.
    for (int index = 0; index < count; ++index) {
        if (index % 10 == 0)
            reach(text, steps);
        QAction *command = commands().value(index);
        if (command == nullptr)
            break;
        const QString name = command->text();
        command->trigger();
        QTest::qWait(5);
        const QString fault = faultOf();
        QVERIFY2(fault.isEmpty(), qPrintable(name + QStringLiteral(": ") + fault));
    }
}

QString AnyOrderTest::act(std::mt19937 &generator)
{
    const auto below = [&](size_t end) { return static_cast<qsizetype>(generator() % end); };
    switch (below(8)) {
    case 0: {
        QWidget *focus = QApplication::focusWidget();
        const Qt::Key key = keys[below(std::size(keys))];
        const Qt::KeyboardModifier modifier = modifiers[below(std::size(modifiers))];
        QTest::keyClick(focus != nullptr ? focus : m_window.get(), key, modifier);
        return QKeySequence(static_cast<int>(key) | static_cast<int>(modifier)).toString();
    }
    case 1: {
        const QPoint place(static_cast<int>(below(static_cast<size_t>(m_window->width()))),
            static_cast<int>(below(static_cast<size_t>(m_window->height()))));
        QWidget *target = m_window->childAt(place);
        if (target != nullptr)
            QTest::mouseClick(target, Qt::LeftButton, {}, target->mapFrom(m_window.get(), place));
        return QStringLiteral("click at %1, %2").arg(place.x()).arg(place.y());
    }
    case 2: {
        const int choice = static_cast<int>(below(4));
        if (choice == 0)
            m_window->resize(900 + static_cast<int>(below(1200)), 600 + static_cast<int>(below(800)));
        else if (choice == 1)
            m_window->editor().setText(m_window->editor().text() + QStringLiteral("\nsetTimeout(() => {}, 3);\n"));
        else
            QTest::qWait(static_cast<int>(below(60)));
        return QStringLiteral("other %1").arg(choice);
    }
    default: {
        const QList<QAction *> all = commands();
        QAction *command = all.at(below(static_cast<size_t>(all.size())));
        const QString name = command->text();
        command->trigger();
        return name;
    }
    }
}

void AnyOrderTest::anyOrder_data()
{
    QTest::addColumn<unsigned>("seed");
    const int wanted = qEnvironmentVariableIntValue("LOOPSCOPE_ANY_ORDER_SEEDS");
    for (int seed = 1; seed <= (wanted > 0 ? wanted : kSeeds); ++seed)
        QTest::addRow("%d", seed) << static_cast<unsigned>(seed);
}

void AnyOrderTest::anyOrder()
{
    QFETCH(unsigned, seed);
    std::mt19937 generator(seed);
    QVERIFY(m_window->openFile(write(QStringLiteral("any.js"), script)));
    QStringList acts;
    for (int index = 0; index < kActs; ++index) {
        acts.append(act(generator));
        QTest::qWait(3);
        const QString fault = faultOf();
        QVERIFY2(fault.isEmpty(), qPrintable(fault + QStringLiteral(" after ") + acts.join(QStringLiteral(" | "))));
    }
}

} // namespace loopscope

QTEST_MAIN(loopscope::AnyOrderTest)
#include "AnyOrderTest.moc"
