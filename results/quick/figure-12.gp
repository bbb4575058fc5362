# Memory and time of training a stack of linear layers, against their number. Data: figure-12.dat
set terminal svg size 800,440 font 'Arial,13' background '#ffffff'
set encoding utf8
set output 'figure-12.svg'
unset key
set border 3 lc rgb '#444444'
set tics nomirror
set grid lc rgb '#dddddd' lt 1
set lmargin at screen 0.09500; set rmargin at screen 0.73750
set bmargin at screen 0.12727; set tmargin at screen 0.85909
set label 101 'Memory and time of training a stack of linear layers, against their number' at screen 0.02000,0.95455 font ',15'
set label 102 'Linear layers 2048 wide with rectifiers, 256 tokens, fp32, Adam; measured over 2 updates.' at screen 0.02000,0.90455 font ',12' textcolor rgb '#555555'
set xlabel 'Layers'
set ylabel 'Peak memory (MB)' offset 0.5,0
set xrange [0:16.0]; set yrange [0.0:1169.2670976000002]
set xtics ('0' 0.0, '2' 2.0, '4' 4.0, '6' 6.0, '8' 8.0, '10' 10.0, '12' 12.0, '14' 14.0, '16' 16.0)
set ytics ('0' 0.0, '200' 200.0, '400' 400.0, '600' 600.0, '800' 800.0, '1000' 1000.0)
set arrow 1 from screen 0.74000,0.82424 to screen 0.76750,0.82424 nohead lw 1.2 dt solid lc rgb '#000000'
set label 1 'W' at screen 0.77250,0.82424 left
set arrow 2 from screen 0.74000,0.23761 to screen 0.76750,0.21889 nohead lw 1.2 dt (12,4) lc rgb '#E69F00'
set label 2 'BA' at screen 0.77250,0.21889 left
set arrow 3 from screen 0.74000,0.26948 to screen 0.76750,0.29616 nohead lw 1.2 dt (6,3) lc rgb '#009E73'
set label 3 'BA + S' at screen 0.77250,0.29616 left
set arrow 4 from screen 0.74000,0.26549 to screen 0.76750,0.25753 nohead lw 1.2 dt (2,3) lc rgb '#0072B2'
set label 4 'BA + S, factored' at screen 0.77250,0.25753 left
plot 'figure-12.dat' index 0 using 1:2 with linespoints pt 7 ps 0.5 lw 1.8 dt solid lc rgb '#000000', \
  'figure-12.dat' index 1 using 1:2 with linespoints pt 7 ps 0.5 lw 1.8 dt (12,4) lc rgb '#E69F00', \
  'figure-12.dat' index 2 using 1:2 with linespoints pt 7 ps 0.5 lw 1.8 dt (6,3) lc rgb '#009E73', \
  'figure-12.dat' index 3 using 1:2 with linespoints pt 7 ps 0.5 lw 1.8 dt (2,3) lc rgb '#0072B2'
